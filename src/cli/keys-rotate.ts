import { parseArgs } from 'node:util';
import { rotateIndexKey } from '../modules/rights/index.ts';
import {
  type MasterRotated,
  type RotationProgress,
  type RotationTools,
  refreshKeys,
  rotateInsurers,
  rotateMaster,
  rotateSigning,
} from '../modules/vault/index.ts';
import { besideServer } from './beside-server.ts';
import { type Command, type Io, UsageProblem } from './command.ts';
import { aloneWithKeys } from './hold-keys.ts';

const kinds = ['master', 'index', 'insurer', 'signing'] as const;
type Kind = (typeof kinds)[number];
type Asked = { readonly kind: Kind; readonly toCommand: string | undefined };

const sayEveryMs = 2_000;

export const command: Command = {
  name: 'keys rotate',
  says: 'Puts new keys in the place of old ones and destroys those; lookups go on. Stopped, run it again.',
  usage: 'master|index|insurer|signing [--wait] [--to-command COMMAND] [--to-file]',
  examples: [
    'vigie keys rotate master',
    "vigie keys rotate master --to-command 'cat /run/secrets/vigie-master'",
    'vigie keys rotate index --wait',
    'vigie keys rotate insurer',
    'vigie keys rotate signing',
  ],
  exits: {
    0: 'the new keys are in use, the old ones are destroyed',
    1: 'it could not be done, or not to the end: the message says what to do',
    2: 'wrong usage',
  },
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        wait: { type: 'boolean', default: false },
        'to-command': { type: 'string' },
        'to-file': { type: 'boolean', default: false },
      },
    });
    const kind = kinds.find((each) => each === positionals[0]);
    if (kind === undefined || positionals.length > 1)
      throw new UsageProblem('Say which keys: master, index, insurer or signing.');
    const toCommand = values['to-command'];
    const toFile = values['to-file'];
    if (kind !== 'master' && (toCommand !== undefined || toFile))
      throw new UsageProblem('--to-command and --to-file are for the master key.');
    if (toCommand !== undefined && toFile)
      throw new UsageProblem('The master key goes to a command or to a file, not to both.');
    return besideServer(io, ({ db, keys }, config) => {
      const source = { folder: config.keysFolder, command: config.masterKeyCommand };
      if (kind === 'master' && source.command !== undefined && toCommand === undefined && !toFile) {
        throw new UsageProblem(
          'The master key comes from VIGIE_MASTER_KEY_COMMAND: say which command prints the new one ' +
            '(--to-command), or that it shall be a file (--to-file).',
        );
      }
      return aloneWithKeys(io, { db, wait: values.wait }, async ({ check }) => {
        await refreshKeys(db, keys);
        const hear = progressOn(io);
        const tools = { db, keys, source, check, hear };
        return rotate(io, tools, { kind, toCommand }).catch((error: unknown) => {
          throw withWhatToDo(error, kind);
        });
      });
    });
  },
};

/** What went wrong, and that the next run goes on from there, unless that is said already. */
function withWhatToDo(error: unknown, kind: Kind): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (/again|nothing was|did not print|used already/i.test(message)) return new Error(message);
  return new Error(
    `${message}\nNothing is lost, people are still found: run vigie keys rotate ${kind} again, it goes on.`,
  );
}

async function rotate(io: Io, tools: RotationTools, asked: Asked): Promise<number> {
  if (asked.kind === 'master') {
    const { toCommand } = asked;
    const next =
      toCommand === undefined ? ({ to: 'file' } as const) : ({ to: 'command', command: toCommand } as const);
    tellMaster(io, await rotateMaster(tools, next), tools, toCommand);
    return 0;
  }
  if (asked.kind === 'insurer') {
    const { records, insurerKeys, servers } = await rotateInsurers(tools);
    io.out(`The keys of ${grouped(records)} records are wrapped anew; no record needs an old key any more.`);
    io.out(`${insurerKeys} old keys of insurers and the key that wrapped them are destroyed.`);
    tellServers(io, servers);
    return 0;
  }
  if (asked.kind === 'signing') {
    const { servers } = await rotateSigning(tools);
    io.out('Tokens and challenges are signed by new keys; the old ones are destroyed.');
    io.out('Software asks for another token by itself; whoever was just signing in begins anew.');
    tellServers(io, servers);
    return 0;
  }
  const rotated = await rotateIndexKey(tools);
  if (rotated.outcome === 'lacking') {
    io.err(
      `${grouped(rotated.people)} people cannot be found by the new key yet: their records do not hold ` +
        "every number that leads to them. Import their insurers' files again, then run this again. " +
        'Until then both keys find, and nothing is lost.',
    );
    return 1;
  }
  io.out(`${grouped(rotated.people)} people are found by a new key.`);
  io.out(
    `${grouped(rotated.removed)} old lookup keys are deleted; nobody is found by the old key any more, ` +
      'and it is destroyed.',
  );
  if (rotated.forgotten > 0) {
    io.out(
      `${grouped(rotated.forgotten)} honey persons are gone: place them, vigie guard place-honey FILE...`,
    );
  }
  if (rotated.unreadable > 0) {
    io.out(`${grouped(rotated.unreadable)} people of whom nothing can be read are not found any more.`);
  }
  tellServers(io, rotated.servers);
  return 0;
}

function tellMaster(
  io: Io,
  rotated: MasterRotated,
  tools: RotationTools,
  toCommand: string | undefined,
): void {
  io.out(
    `${rotated.keys} keys are wrapped with the new master key; none opens with the old one (each was tried).`,
  );
  if (toCommand !== undefined) {
    io.out('Now set VIGIE_MASTER_KEY_COMMAND to that command, before a server starts. Those that run go on.');
  } else if (tools.source.command !== undefined) {
    io.out(
      `It is in ${tools.source.folder}/master.key. Unset VIGIE_MASTER_KEY_COMMAND before a server starts.`,
    );
  } else {
    io.out(`It is in ${tools.source.folder}/master.key; the old one is overwritten and gone.`);
  }
  io.out('Back the new one up, apart from the database. Older backups of the database need the old one.');
  if (rotated.derived.length === 0) return;
  const names = rotated.derived.map(({ purpose }) => purpose).join(', ');
  io.out(
    `These keys were made from this database's first master key: ${names}. Whoever has that one can ` +
      'still make them; `vigie keys rotate index` and `insurer` replace lookup, nir and insurer.',
  );
}

function tellServers(io: Io, servers: number): void {
  io.out(servers === 0 ? 'No server runs.' : `Running servers that work with the new keys: ${servers}.`);
}

/** A line every two seconds, with the rate and the time left. */
function progressOn(io: Io): (progress: RotationProgress) => void {
  let saidAt = performance.now();
  let first: { what: string; at: number; done: number } | undefined;
  return ({ what, done, total }) => {
    const now = performance.now();
    if (first === undefined || first.what !== what) first = { what, at: now, done };
    if (now - saidAt < sayEveryMs) return;
    saidAt = now;
    const perSecond = (done - first.done) / Math.max(0.001, (now - first.at) / 1000);
    const left = total > done && perSecond > 0 ? `, ${Math.ceil((total - done) / perSecond)} s left` : '';
    const of = total > 0 ? ` of ${grouped(total)}` : '';
    const rate = perSecond > 0 ? `, ${grouped(Math.round(perSecond))}/s` : '';
    io.err(`  ${grouped(done)}${of} ${what}${rate}${left}`);
  };
}

function grouped(count: number): string {
  return count.toLocaleString('en').replaceAll(',', ' ');
}
