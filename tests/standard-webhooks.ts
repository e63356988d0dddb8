import type { Heard } from './sending.ts';

/** What Standard Webhooks 1.0.0 has a receiver check, written from its text and with none of our code. */
export async function verifyHeard(secret: string, { headers, text }: Pick<Heard, 'headers' | 'text'>) {
  const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures } = headers;
  if (Math.abs(Date.now() / 1000 - Number(seconds)) > 300) throw new Error('not of now');
  if (!/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(secret)) throw new Error('no secret of the specification');
  const bytes = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const how = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes, how, false, ['verify']);
  const signed = Buffer.from(`${id}.${seconds}.${text}`, 'utf8');
  const list = String(signatures).split(' ');
  const each = list.map(async (one) => {
    const [version, base64 = ''] = one.split(',');
    return version === 'v1' && crypto.subtle.verify('HMAC', key, Buffer.from(base64, 'base64'), signed);
  });
  return { id: String(id), seconds: Number(seconds), holds: await Promise.all(each) };
}
