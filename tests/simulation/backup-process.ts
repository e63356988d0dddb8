import { backUp } from '../../src/backup/back-up.ts';
import { restore } from '../../src/backup/restore.ts';

/** Backs up or restores in a process of its own, which can be killed: waits for the order, then works. */
export type Order = { readonly what: 'backup' | 'restore'; readonly url: string; readonly file: string };

process.on('message', (order: Order) => {
  const say = () => {};
  const work =
    order.what === 'backup'
      ? backUp(order.url, order.file, { isTried: true, say })
      : restore(order.url, order.file, { acceptsLoss: false, say, checkKeys: async () => {} });
  work.then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
});
process.send?.('ready');
