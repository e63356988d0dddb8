import { parseArgs } from 'node:util';
import { listUnsent, openMessage } from '../modules/messages/index.ts';
import { besideServer } from './beside-server.ts';
import type { Command } from './command.ts';

const shownMost = 20;

export const command: Command = {
  name: 'messages',
  says: 'Shows the last messages to account holders that were not sent: all of them without VIGIE_SMTP_URL.',
  usage: '',
  examples: ['vigie messages'],
  exits: { 0: 'they are printed', 1: 'they are not', 2: 'wrong usage' },
  async run(args, io) {
    parseArgs({ args: [...args], options: {} });
    const shown = await besideServer(io, async ({ db, keys }) => {
      const kept = await listUnsent(db, shownMost);
      return kept.map((one) => ({ ...openMessage(keys, one), createdAt: one.createdAt }));
    });
    if (shown.length === 0) io.out('No message waits.');
    for (const { to, subject, text, createdAt } of shown.reverse()) {
      io.out(`${createdAt.toISOString()}  to ${to}\n${subject}\n\n${text}`);
    }
    return 0;
  },
};
