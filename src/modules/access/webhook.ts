import { randomBytes } from 'node:crypto';
import type { Database } from '../../platform/database/connect.ts';
import { type Keys, openText, sealText } from '../vault/index.ts';
import { findWebhook, insertWebhook } from './store.ts';

/** Where an account is told something, and the secret that signs it. */
export type Webhook = { readonly url: string; readonly secret: string };

type Tools = { readonly db: Database; readonly keys: Keys };

const localHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Why an address may not be a webhook, or null. Plain http is for trying out, to this machine alone. */
export function webhookProblem(text: string, isProduction: boolean): string | null {
  if (!URL.canParse(text)) return 'must look like https://host/path';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'must hold no name or password';
  if (url.protocol === 'https:') return null;
  const isLocal = url.protocol === 'http:' && localHosts.includes(url.hostname);
  if (isLocal && !isProduction) return null;
  return isProduction ? 'must be https' : 'must be https, or http to localhost';
}

/** Sets where an account is told; gives the secret that its receiver checks signatures with, this once. */
export async function createWebhook(tools: Tools, account: number, url: string): Promise<string> {
  const secret = `vigie_hook_${randomBytes(32).toString('base64url')}`;
  const secretSealed = sealText(tools.keys, secret, `webhook|${account}`);
  await insertWebhook(tools.db, { account, url, secretSealed });
  return secret;
}

/** An account's webhook, if it has one. */
export async function readWebhook(tools: Tools, account: number): Promise<Webhook | undefined> {
  const row = await findWebhook(tools.db, account);
  if (row === undefined) return undefined;
  return { url: row.url, secret: openText(tools.keys, row.secretSealed, `webhook|${account}`) };
}
