import { expect, test } from 'vitest';
import { webhookProblem } from './webhook.ts';

test.each([
  ['https://example.org/vigie', true, true],
  ['https://example.org:8443/vigie?x=1', true, true],
  ['http://example.org/vigie', false, false],
  ['http://localhost:3000/vigie', true, false],
  ['http://127.0.0.1:3000/vigie', true, false],
  ['http://localhost.example.org/vigie', false, false],
  ['https://user:secret@example.org/vigie', false, false],
  ['ftp://example.org/', false, false],
  ['example.org', false, false],
  ['', false, false],
])('%s while trying out: %s, in production: %s', (url, tryingOut, production) => {
  expect([webhookProblem(url, false) === null, webhookProblem(url, true) === null]).toEqual([
    tryingOut,
    production,
  ]);
});
