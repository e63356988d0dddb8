import { parseArgs } from 'node:util';
import { erasePerson } from '../modules/rights/index.ts';
import { refreshKeys } from '../modules/vault/index.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';
import { aloneWithKeys } from './hold-keys.ts';
import { identityOptions, identityUsage, readIdentity } from './identity-arguments.ts';

const reasonMost = 200;

export const command: Command = {
  name: 'person erase',
  says: 'Destroys a person’s keys, records and links for ever, and lists what remains.',
  usage: `${identityUsage} --reason TEXT --yes [--wait]`,
  examples: [
    'vigie person erase --nir 185014093245364 --birth-date 1985-01-21 --reason "request 2026-114" --yes',
  ],
  exits: {
    0: 'the person is erased; what remains is printed',
    1: 'nobody has this number, birth date and birth rank, or it could not be done',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...identityOptions,
        reason: { type: 'string' },
        yes: { type: 'boolean', default: false },
        wait: { type: 'boolean', default: false },
      },
    });
    const reason = values.reason?.trim() ?? '';
    if (reason === '' || reason.length > reasonMost) {
      throw new UsageProblem(
        `--reason says why, in ${reasonMost} characters at most; it is kept: name nobody.`,
      );
    }
    if (!values.yes) throw new UsageProblem('Nothing brings the person back: add --yes to go on.');
    const erased = await besideServer(io, ({ db, keys }, config) => {
      const identity = readIdentity(values, config.lenientIdentifiers);
      return aloneWithKeys(io, { db, wait: values.wait }, async () => {
        await refreshKeys(db, keys);
        return erasePerson({ db, keys }, identity, reason);
      });
    });
    if (erased === null) {
      io.err('Nobody has this number, birth date and birth rank: nothing was changed.');
      return 1;
    }
    const { records, wrappedKeys, lookupKeys, remains } = erased;
    io.out(`Destroyed: ${wrappedKeys} keys, ${records} records, ${lookupKeys} links, the key of the card.`);
    io.out('What remains:');
    const { entries, pairs } = remains;
    io.out(`  ${entries} ledger entries and ${pairs} pairs, under a subject that leads to nobody`);
    io.out('  backups made before now hold the person until they are destroyed');
    io.out('  an insurer that lists the person again brings them back, as somebody new: tell it');
    return 0;
  },
};
