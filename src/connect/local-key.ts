import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the file of a practice's machine holds: its private key, and what software on it must say. */
export type LocalKey = { readonly key: JWK & { readonly kid: string }; readonly secret: string };

/**
 * Draws a key and keeps it in a new file for its owner alone. The public half is for registering; the secret
 * is for software on the same machine, and of no use anywhere else.
 */
export async function createLocalKey(path: string): Promise<{ jwks: string; secret: string }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = `connect-${randomBytes(6).toString('base64url')}`;
  const secret = `vigie-local-${randomBytes(24).toString('base64url')}`;
  const key = { ...(await exportJWK(privateKey)), kid };
  await writeFile(path, `${JSON.stringify({ key, secret })}\n`, { mode: 0o600, flag: 'wx' });
  return { jwks: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid }] }), secret };
}

/** Reads the file that `createLocalKey` wrote. */
export async function readLocalKey(path: string): Promise<LocalKey> {
  const { key, secret } = JSON.parse(await readFile(path, 'utf8')) as Partial<LocalKey>;
  if (key?.d === undefined || key.kid === undefined || secret === undefined) {
    throw new Error(`${path} holds no key: make one with \`vigie connect key\`.`);
  }
  return { key, secret };
}

/** Whether an Authorization header says the secret; however wrong, it takes the same time. */
export function saysSecret(header: string | undefined, secret: string): boolean {
  const [said, right] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${secret}`)];
  return said.length === right.length && timingSafeEqual(said, right);
}
