import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The demo's account and an invented person to look up: what the start prints. */
export type DemoAccount = {
  readonly account: number;
  readonly token: string;
  readonly profession: string;
  readonly nir: string;
  readonly birthDate: string;
  readonly birthRank: number;
};

/** Keeps the demo's token beside the keys, for the next start to print; real tokens are kept nowhere. */
export async function keepDemoAccount(keysFolder: string, account: DemoAccount): Promise<void> {
  await mkdir(keysFolder, { recursive: true, mode: 0o700 });
  const path = fileOf(keysFolder);
  // Renamed into place: a stop half-way leaves the old file or the new one, and readable by its owner only.
  await writeFile(`${path}.new`, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** The demo's account, when this folder of keys has one. */
export async function readDemoAccount(keysFolder: string): Promise<DemoAccount | undefined> {
  const text = await readFile(fileOf(keysFolder), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as DemoAccount);
}

/** The command that shows a first answer, to be pasted as it is. */
export function demoCommand(account: DemoAccount, url: string): string {
  const { token, nir, birthDate, birthRank } = account;
  const at = url === 'http://localhost:8080' ? '' : `VIGIE_URL=${url} `;
  const rank = birthRank === 1 ? '' : ` --birth-rank ${birthRank}`;
  return `${at}VIGIE_TOKEN=${token} npx vigie lookup --nir ${nir} --birth-date ${birthDate}${rank}`;
}

function fileOf(keysFolder: string): string {
  return join(keysFolder, 'demo.json');
}
