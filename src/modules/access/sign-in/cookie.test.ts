import { expect, test } from 'vitest';
import { cookieName, cookieOf, newSecret, secretOf } from './cookie.ts';

const secret = 'A'.repeat(43);

test.each([
  [`${cookieName}=${secret}`, secret],
  [`theme=dark; ${cookieName}=${secret}; lang=fr`, secret],
  [`x${cookieName}=${secret}`, null],
  [`${cookieName}=${secret}B`, null],
  [`${cookieName}=short`, null],
  [`${cookieName}=${secret}; ${cookieName}=${'B'.repeat(43)}`, null],
  ['', null],
  [undefined, null],
])('%s', (header, expected) => {
  expect(secretOf(header)).toBe(expected);
});

test('what is set is what is read, and no page’s script or other site gets it', () => {
  const made = newSecret();
  const [pair, ...attributes] = cookieOf(made).split('; ');
  expect(secretOf(pair)).toBe(made);
  expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
});
