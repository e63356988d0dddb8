import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createLocalKey } from '../src/connect/local-key.ts';
import { type AccountTools, registerClient } from '../src/modules/access/index.ts';

/** The account of the demo's software and an invented person to look up: what the start prints. */
export type DemoAccount = {
  readonly account: number;
  readonly profession: string;
  readonly nir: string;
  readonly birthDate: string;
  readonly birthRank: number;
};

type Kept = DemoAccount & { readonly client: string };

/** Registers the demo's software and keeps its key beside the others, for the next start to print. */
export async function keepDemoAccount(
  tools: AccountTools,
  keysFolder: string,
  account: DemoAccount,
): Promise<void> {
  await mkdir(keysFolder, { recursive: true, mode: 0o700 });
  const keyFile = keyFileOf(keysFolder);
  // Of a start that was interrupted, or of another database: no client has it.
  await rm(keyFile, { force: true });
  const { jwks } = await createLocalKey(keyFile);
  const whom = { name: 'Logiciel de démonstration', for: { account: account.account } };
  const client = await registerClient(tools, { ...whom, jwks });
  const path = fileOf(keysFolder);
  // Renamed into place: a stop half-way leaves the old file or the new one, and readable by its owner only.
  await writeFile(`${path}.new`, `${JSON.stringify({ ...account, client }, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** The demo's account, when this folder of keys has one. */
export async function readDemoAccount(keysFolder: string): Promise<Kept | undefined> {
  const text = await readFile(fileOf(keysFolder), 'utf8').catch(() => undefined);
  const kept = text === undefined ? {} : (JSON.parse(text) as Partial<Kept>);
  // One that was made while there were bearer tokens has no software: nothing is printed for it.
  return kept.client === undefined ? undefined : (kept as Kept);
}

/** The command that shows a first answer, to be pasted as it is. */
export function demoCommand(account: Kept, keysFolder: string, url: string): string {
  const { nir, birthDate, birthRank } = account;
  const rank = birthRank === 1 ? '' : ` --birth-rank ${birthRank}`;
  const who = signedBy(account, keysFolder);
  return `${at(url)}npx vigie lookup ${who} --nir ${nir} --birth-date ${birthDate}${rank}`;
}

/** The command that signs for software on this machine, as the demo's own. */
export function softwareCommand(account: Kept, keysFolder: string, url: string): string {
  return `${at(url)}npx vigie connect ${signedBy(account, keysFolder)}`;
}

function at(url: string): string {
  return url === 'http://localhost:8080' ? '' : `VIGIE_URL=${url} `;
}

function signedBy({ client }: Kept, keysFolder: string): string {
  const key = keyFileOf(keysFolder);
  const near = relative(process.cwd(), key);
  return `--client ${client} --key ${near.startsWith('..') ? key : near}`;
}

function fileOf(keysFolder: string): string {
  return join(keysFolder, 'demo.json');
}

function keyFileOf(keysFolder: string): string {
  return join(keysFolder, 'demo-key.json');
}
