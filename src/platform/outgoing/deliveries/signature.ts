import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
/** The specification asks for 24 to 64. */
const secretBytes = 32;

/** A new secret, as Standard Webhooks writes them. */
export function newSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64');
}

/**
 * The headers of an event, after Standard Webhooks 1.0.0. What is signed begins with its id and the second it
 * is sent in: an old one cannot be sent again as a new one. Each secret signs, so that one can be turned.
 */
export function signedHeaders(
  sent: { readonly id: string; readonly seconds: bigint; readonly text: string },
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const { id, seconds, text } = sent;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${text}`, 'utf8').digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}
