import { parseArgs } from 'node:util';
import { currentCode, findSubjects, lookupKeys } from '../modules/vault/index.ts';
import { systemClock } from '../platform/clock.ts';
import { besideServer } from './beside-server.ts';
import type { Command } from './command.ts';
import { identityOptions, identityUsage, readIdentity } from './identity-arguments.ts';

const stepSeconds = 30n;

export const command: Command = {
  name: 'card show',
  says: 'Prints the code an invented person’s card shows now. Production refuses: a card is its holder’s.',
  usage: `${identityUsage} [--json]`,
  examples: ['vigie card show --nir 185014093245364 --birth-date 1985-01-21'],
  exits: { 0: 'the code is printed', 1: 'nobody has this number and birth date', 2: 'wrong usage' },
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: { ...identityOptions, json: { type: 'boolean', default: false } },
    });
    const shown = await besideServer(io, async ({ db, keys }, config) => {
      // The people of an external database may be real, unless the setting says that they are invented.
      const invented = config.databaseUrl === undefined || config.demoPeople !== undefined;
      if (config.environment === 'production' || !invented)
        throw new Error('Only an invented person’s card is shown: a real one is its holder’s.');
      const identity = readIdentity(values, config.lenientIdentifiers);
      const [found] = await findSubjects(db, [lookupKeys(keys, identity)]);
      const now = systemClock.now();
      const code = found ? await currentCode(db, keys, { subject: found.subject, now }) : null;
      return code === null
        ? null
        : { code, seconds: Number(stepSeconds - ((now / 1_000_000n) % stepSeconds)) };
    });
    if (shown === null) {
      io.err('Nobody has this number, birth date and birth rank.');
      return 1;
    }
    const { code, seconds } = shown;
    io.out(values.json ? JSON.stringify(shown) : `${code}   changes in ${seconds} s; works once`);
    return 0;
  },
};
