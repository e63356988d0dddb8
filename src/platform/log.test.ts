import { expect, test } from 'vitest';
import { assert, Failure, Fault, failures } from './errors.ts';
import { createLog, describeError, redactedKeys } from './log.ts';

test('personal data and secrets are withheld, at the top and two levels down', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  for (const key of redactedKeys) {
    log.info({
      [key]: 'SECRET-1',
      deep: { [key]: 'SECRET-2', deeper: { [key]: 'SECRET-3' } },
      kept: 'visible',
    });
  }
  expect(lines).toHaveLength(redactedKeys.length);
  expect(lines.join('')).not.toContain('SECRET');
  expect(lines.every((line) => line.includes('visible'))).toBe(true);
});

test('a database error keeps its place and loses its words, which quote values', () => {
  const error = Object.assign(new Error('invalid input syntax for type date: "1985-10-12"'), {
    name: 'PostgresError',
    code: '22007',
    detail: 'Key (nir)=(2851005123456) already exists.',
    query: 'select 1',
    parameters: ['2851005123456'],
    routine: 'DateTimeParseError',
  });
  const written = JSON.stringify(describeError(error));
  expect(written).toContain('22007');
  expect(written).toContain('DateTimeParseError');
  expect(written).not.toMatch(/1985|2851005123456|select/);
});

test('a failure shows its public half only when serialized, and its cause in the log', () => {
  const failure = new Failure('ledger-unavailable', { privateCause: new Error('connection lost') });
  expect(JSON.stringify(failure)).not.toContain('connection lost');
  expect(failure.status).toBe(503);
  expect(JSON.stringify(describeError(failure))).toContain('connection lost');
  expect(describeError('text')).toEqual({ type: 'string' });
});

test('every failure has an error status and a sentence', () => {
  for (const [code, { status, says }] of Object.entries(failures)) {
    expect([code, status >= 400 && status < 600, says.endsWith('.')]).toEqual([code, true, true]);
  }
});

test('a broken invariant is a fault', () => {
  expect(() => assert(false, 'no')).toThrow(Fault);
  expect(() => assert(true, 'yes')).not.toThrow();
});
