import { expect, test } from 'vitest';
import { chooseRedirect, isLoopback } from './redirect.ts';

const registered = ['http://127.0.0.1/callback', 'http://[::1]/callback'];

test.each([
  ['http://127.0.0.1:51004/callback'],
  ['http://127.0.0.1/callback'],
  ['http://[::1]:8080/callback'],
])('answers to %s', (asked) => {
  expect(chooseRedirect(asked, registered)?.href).toBe(asked);
});

test.each([
  ['nothing', undefined],
  ['no address', 'callback'],
  ['another path', 'http://127.0.0.1:51004/callback2'],
  ['a path that climbs', 'http://127.0.0.1:51004/x/../callback'],
  ['a query of its own', 'http://127.0.0.1:51004/callback?next=1'],
  ['a fragment', 'http://127.0.0.1:51004/callback#a'],
  ['https, which no loopback has', 'https://127.0.0.1:51004/callback'],
  ['a name', 'http://localhost:51004/callback'],
  ['a name that looks like a number', 'http://127.0.0.1.phish.example/callback'],
  ['another way to write the number', 'http://127.1:51004/callback'],
  ['another number', 'http://127.0.0.2:51004/callback'],
  ['a user before another host', 'http://127.0.0.1:51004@phish.example/callback'],
  ['a user', 'http://me@127.0.0.1:51004/callback'],
  ['a slash the wrong way', 'http://127.0.0.1\\@phish.example/callback'],
  ['an app’s own scheme', 'vigie:/callback'],
])('answers to none with %s', (_what, asked) => {
  expect(chooseRedirect(asked, registered)).toBeNull();
});

test('only a loopback address can be registered', () => {
  expect(registered.every(isLoopback)).toBe(true);
  expect(
    ['https://vendor.example/callback', 'http://localhost/', 'http://127.0.0.1/?a'].some(isLoopback),
  ).toBe(false);
});
