import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { writeCurl } from '../web/src/sandbox/write-curl.ts';

const call = {
  ...{ call: 1, at: '2026-11-27T21:00:00.000Z', status: 201, code: null, entry: '0/7', ms: 12 },
  ...{ method: 'POST', path: '/v1/claims', idempotencyKey: "F-1'; echo", answered: null },
  sent: JSON.stringify({ reference: `L'été $HOME "x" \\ \`id\`` }, null, 2),
};

/** What a shell would hand to curl. */
function heard(command: string): string[] {
  const script = `curl() { printf '%s\\n' "$@"; }; SECRET=s; ${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
}

test('the shell hands on what was sent, to the letter', () => {
  expect(heard(writeCurl(call) ?? '')).toEqual([
    'http://127.0.0.1:8090/v1/claims',
    ...['-H', 'Authorization: Bearer s', '-H', 'Content-Type: application/json'],
    ...['-H', "Idempotency-Key: F-1'; echo"],
    ...['-d', JSON.stringify(JSON.parse(call.sent))],
  ]);
});

test('what has no body is sent without one; a token is not asked for by hand', () => {
  const bare = { ...call, sent: null, idempotencyKey: null };
  expect(heard(writeCurl({ ...bare, method: 'GET' }) ?? '')[0]).toBe('http://127.0.0.1:8090/v1/claims');
  expect(writeCurl(bare)).toContain('curl -X POST ');
  expect(writeCurl({ ...call, path: '/oauth/token' })).toBeNull();
});
