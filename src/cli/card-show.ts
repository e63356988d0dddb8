import { parseArgs } from 'node:util';
import { encodeQR } from 'qr';
import { originOf } from '../compose.ts';
import { createReadInsurers, type ShownCards, showCards, writeCardText } from '../modules/rights/index.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { besideServer } from './beside-server.ts';
import { cardLines } from './card-lines.ts';
import type { Command } from './command.ts';
import { identityOptions, identityUsage, readIdentity } from './identity-arguments.ts';

const stepSeconds = 30n;

export const command: Command = {
  name: 'card show',
  says:
    'Prints an invented person’s card as its holder would show it: what it says, its QR, and the code ' +
    'of now. It is recorded first. Production refuses: a card is its holder’s.',
  usage: `${identityUsage} [--printed] [--json]`,
  examples: [
    'vigie card show --nir 185014093245364 --birth-date 1985-01-21',
    'vigie card show --nir 185014093245364 --birth-date 1985-01-21 --printed --json',
  ],
  exits: {
    0: 'the card is printed; who has no cover has a code and no card',
    1: 'nobody has this number and birth date, or the entry could not be written',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...identityOptions,
        printed: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const shown = await besideServer(io, async (tools, config) => {
      // The people of an external database may be real, unless the setting says that they are invented.
      const invented = config.databaseUrl === undefined || config.demoPeople !== undefined;
      if (config.environment === 'production' || !invented)
        throw new Error('Only an invented person’s card is shown: a real one is its holder’s.');
      const identity = readIdentity(values, config.lenientIdentifiers);
      const readInsurers = createReadInsurers(tools.db);
      const cards = await showCards({ ...tools, readInsurers }, identity);
      return cards === null ? null : describeShown(cards, originOf(config), values.printed);
    });
    if (shown === null) {
      io.err('Nobody has this number, birth date and birth rank.');
      return 1;
    }
    io.out(values.json ? JSON.stringify(shown) : shownLines(shown).join('\n'));
    return 0;
  },
};

/** A printed card has no code: it would be wrong before the ink is dry. */
function describeShown({ code, cards, entry }: ShownCards, origin: string, printed: boolean) {
  const seconds = Number(stepSeconds - ((systemClock.now() / 1_000_000n) % stepSeconds));
  return {
    ...(printed ? {} : { code, seconds }),
    entry: `${entry.lane}/${entry.seq}`,
    cards: cards.map(({ card, signed }) => {
      return { card, signed, text: writeCardText({ signed, code: printed ? null : code }, origin) };
    }),
  };
}

function shownLines({ code, seconds, entry, cards }: ReturnType<typeof describeShown>): string[] {
  const today = parisDay(systemClock.now());
  return [
    ...cards.flatMap(({ card, signed, text }) => [
      ...cardLines(card, today),
      '',
      encodeQR(text, 'ascii', { ecc: 'low' }),
      signed,
      '',
    ]),
    ...(cards.length === 0 ? ['No contract holds today: there is no card.'] : []),
    ...(code === undefined ? [] : [`${code}   changes in ${seconds} s; works once`]),
    `Recorded as ledger entry ${entry}.`,
  ];
}
