import { parseArgs } from 'node:util';
import {
  accountDays,
  countCases,
  detectorOf,
  detectors,
  guardLimits,
  readAlarms,
  readLag,
  readSettings,
} from '../modules/guard/index.ts';
import { countHoney } from '../modules/rights/index.ts';
import { besideServer } from './beside-server.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'guard status',
  says: 'Shows whether the guard follows, how far behind it is, what acts and what only watches.',
  usage: '[--json]',
  examples: ['vigie guard status'],
  exits: { 0: 'it follows', 1: 'it does not, or nothing was heard of it for a minute', 2: 'wrong usage' },
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const { lag, settings, alarms, honey, open, places } = await besideServer(io, async ({ db }, config) => ({
      lag: await readLag(db),
      settings: await readSettings(db),
      alarms: await readAlarms(db),
      honey: await countHoney(db),
      open: (await countCases(db)).open,
      places: config.placesFile ?? null,
    }));
    const exit = lag.quietSeconds !== null && lag.quietSeconds <= guardLimits.behindSeconds.raised ? 0 : 1;
    if (values.json) {
      io.out(JSON.stringify({ ...lag, ...settings, accountDays, alarms, honey, open, places }));
      return exit;
    }
    const { behind, behindSeconds, quietSeconds } = lag;
    const heard = quietSeconds === null ? 'never worked here' : `heard of ${Math.floor(quietSeconds)} s ago`;
    io.out(`the guard: ${heard}, ${behind} entries (${Math.ceil(behindSeconds)} s) behind`);
    io.out(`open cases: ${open}${open === 0 ? '' : ', shown by vigie guard cases'}`);
    for (const alarm of alarms) {
      const name = detectorOf(alarm);
      const about = name === null ? '' : ` (${name}, ${alarm.entries} entries)`;
      io.out(`alarm: ${alarm.kind}${about}, since ${alarm.since.toISOString().slice(0, 19)}Z`);
    }
    io.out(`honey persons: ${honey === 0 ? 'none; vigie guard place-honey FILE... puts them' : honey}`);
    io.out(`places of addresses: ${places ?? 'none; VIGIE_PLACES_FILE names a file of them'}`);
    io.out(settings.isShadow ? 'it only watches (shadow mode)' : 'it acts');
    const { challenge, restrict, suspend } = accountDays;
    io.out(`one false step at most in ${challenge}, ${restrict}, ${suspend} account-days:`);
    io.out('  challenge, restriction, suspension');
    for (const { number, name, waiting } of detectors) {
      const isShadow = settings.shadowDetectors.includes(number);
      const state = waiting === true ? 'waits for its input' : isShadow ? 'only watches' : 'acts';
      io.out(`  ${String(number).padStart(2)} ${name.padEnd(18)} ${state}`);
    }
    return exit;
  },
};
