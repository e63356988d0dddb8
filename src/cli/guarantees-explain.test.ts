import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { dispatch } from './command.ts';
import { command } from './guarantees-explain.ts';

const path = (name: string) => fileURLToPath(new URL(`../../docs/operating/${name}`, import.meta.url));
const care = ['guarantees/aubepine.yaml', '--care', 'guarantees/care.yaml'].map((word) =>
  word.endsWith('.yaml') ? path(word) : word,
);

async function explain(...more: string[]) {
  const told: string[] = [];
  const io = { env: {}, out: (text: string) => told.push(text), err: (text: string) => told.push(text) };
  const code = await dispatch(['guarantees', 'explain', ...care, ...more], io, [command]);
  return { code, text: told.join('\n') };
}

test.each([
  ['English', [], 'left to pay = 30.10 €'],
  ['French', ['--language', 'fr'], 'reste à payer = 30,10\u00a0€'],
])('says in %s what the documentation shows', async (_language, more, says) => {
  const { code, text } = await explain(...more);
  expect(code).toBe(0);
  expect(text).toContain(says);
  const [first = ''] = text.split('\n\n');
  expect(readFileSync(path('guarantees.md'), 'utf8')).toContain(first);
});

test('a language that it does not speak is wrong usage', async () => {
  const { code, text } = await explain('--language', 'de');
  expect([code, text]).toEqual([2, expect.stringContaining('--language is fr or en')]);
});
