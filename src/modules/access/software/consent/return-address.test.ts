import { expect, test } from 'vitest';
import { readReturn, signInBefore } from './return-address.ts';

const request =
  '/oauth/authorize?response_type=code&client_id=vigie-a' +
  '&redirect_uri=http%3A%2F%2F127.0.0.1%3A51004%2Fback&state=a%2Bb';

test('a request of software comes back as it was', () => {
  expect(readReturn(request)).toBe(request);
  const back = new URL(signInBefore(request) ?? '', 'https://vigie.example').searchParams.get('back');
  expect(back).toBe(request);
});

test('only its own names are kept, and a fragment is not', () => {
  expect(readReturn(`${request}&next=//evil.example#x`)).toBe(request);
});

test('a name that comes twice stays twice: which one counts is not for the way back to choose', () => {
  const twice = '/oauth/authorize?client_id=a&client_id=b';
  expect(readReturn(twice)).toBe(twice);
});

test.each([
  ['nothing', null],
  ['an empty text', ''],
  ['another page', '/accounts?client_id=a'],
  ['no question', '/oauth/authorize'],
  ['an empty question', '/oauth/authorize?'],
  ['a host', '//evil.example/oauth/authorize?client_id=a'],
  ['a host behind a backslash', '/\\evil.example/oauth/authorize?client_id=a'],
  ['a host behind two', '\\\\evil.example/oauth/authorize?client_id=a'],
  ['a scheme without slashes', 'https:evil.example/oauth/authorize?client_id=a'],
  ['a whole address', 'https://evil.example/oauth/authorize?client_id=a'],
  ['this very server, whole', 'https://vigie.example/oauth/authorize?client_id=a'],
  ['a script', 'javascript:alert(1)//oauth/authorize?client_id=a'],
  ['a document', 'data:text/html,/oauth/authorize?client_id=a'],
  ['a host, encoded', '%2F%2Fevil.example/oauth/authorize?client_id=a'],
  ['a path, encoded', '/oauth%2Fauthorize?client_id=a'],
  ['a question, encoded', '/oauth/authorize%3Fclient_id=a'],
  ['a path that climbs', '/oauth/authorize/../../accounts?client_id=a'],
  ['a path that climbs, encoded', '/oauth/authorize/%2e%2e/x?client_id=a'],
  ['a longer path', '/oauth/authorize/evil?client_id=a'],
  ['a longer word', '/oauth/authorizex?client_id=a'],
  ['a space before', ' /oauth/authorize?client_id=a'],
  ['a tab inside, which browsers drop', '/\t/evil.example/oauth/authorize?client_id=a'],
  ['a line break before a host', '/\n/evil.example?client_id=a'],
  ['a user', '/@evil.example/oauth/authorize?client_id=a'],
  ['only names of others', '/oauth/authorize?next=//evil.example'],
  ['a book', `/oauth/authorize?client_id=${'a'.repeat(9000)}`],
])('nobody is sent back to %s', (_what, text) => {
  expect(readReturn(text)).toBeNull();
  expect(signInBefore(text ?? '')).toBeNull();
});
