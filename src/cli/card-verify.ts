import { parseArgs } from 'node:util';
import { type CardRefusal, readCardKeys, verifyCard } from '../modules/rights/index.ts';
import { isDay, parisDay, systemClock } from '../platform/clock.ts';
import { openCardKeys } from './card-key-set.ts';
import { cardLines } from './card-lines.ts';
import { type Command, UsageProblem } from './command.ts';

const refusals: Readonly<Record<CardRefusal, string>> = {
  'not-a-card': 'This is not a card of Vigie.',
  'wrong-algorithm': 'This card is not signed the way cards are: it proves nothing.',
  'unknown-key':
    'This card is signed with a key that these keys do not hold: fetch them again, or refuse it.',
  forged: 'The signature is wrong: the card was changed or forged.',
  'unknown-version': 'The signature is right, but this version does not know such cards: update Vigie.',
  'not-begun': 'The card is genuine, and does not hold yet.',
  expired: 'The card is genuine, and no longer holds.',
  'cannot-verify': 'The key cannot be used here: nothing was verified.',
};

export const command: Command = {
  name: 'card verify',
  says:
    'Verifies a card without asking any server, with keys saved before, and prints what it proves. The ' +
    'text is what its QR holds, or its signed part.',
  usage: 'TEXT --keys FILE|ADDRESS [--day YYYY-MM-DD] [--json]',
  examples: ['vigie card verify eyJhbGciOiJFZERTQSIs… --keys card-keys.json'],
  exits: {
    0: 'the card holds on that day',
    1: 'it proves nothing, and the reason is said',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { text, keys: place, day, json } = readArguments(args);
    const set = await openCardKeys(place);
    const verdict = await verifyCard(text, readCardKeys(set) ?? [], day);
    if (json) {
      io.out(JSON.stringify({ day, keysFetchedAt: set.fetchedAt ?? null, ...verdict }));
      return verdict.proves ? 0 : 1;
    }
    const lines = verdict.card === null ? [] : ['', ...cardLines(verdict.card, day)];
    if (!verdict.proves) {
      io.err([refusals[verdict.because], ...lines].join('\n'));
      return 1;
    }
    const age = set.fetchedAt === undefined ? '' : ` Keys of ${set.fetchedAt.slice(0, 10)}.`;
    io.out([`The card is genuine and holds on ${day}.${age}`, ...lines].join('\n'));
    io.out('It does not say who holds it: compare the member number with what the person shows.');
    return 0;
  },
};

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      keys: { type: 'string' },
      day: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [text, ...more] = positionals;
  if (text === undefined || more.length > 0) throw new UsageProblem('One card is given: its text.');
  if (values.keys === undefined)
    throw new UsageProblem('--keys is needed: a file that vigie card keys saved, or an address.');
  const day = values.day ?? parisDay(systemClock.now());
  if (!isDay(day)) throw new UsageProblem('--day must be YYYY-MM-DD.');
  return { text, keys: values.keys, day, json: values.json };
}
