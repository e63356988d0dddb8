import { type Card, readCard } from './card.ts';
import { readCardText } from './card-text.ts';

/** A public key as it is published; `kid` is what a card names it by. */
export type CardKey = { readonly kid: string; readonly x: string };

/** Why a card proves nothing. */
export const cardRefusals = [
  'not-a-card',
  'wrong-algorithm',
  'unknown-key',
  'forged',
  'unknown-version',
  'not-begun',
  'expired',
  'cannot-verify',
] as const;
export type CardRefusal = (typeof cardRefusals)[number];

/**
 * What came of a card. `card` is there only when its signature is right: what a forger wrote is never shown.
 */
export type CardVerdict =
  | { readonly proves: true; readonly card: Card; readonly code: string | null }
  | { readonly proves: false; readonly because: CardRefusal; readonly card: Card | null };

const algorithm = 'EdDSA';
export const cardType = 'vigie-card';

/**
 * Verifies a card on a day, with keys that were fetched before: asks nobody, in Node as in a browser. Not by
 * the JOSE library, because that takes several texts for the same bytes, and pages import nothing that does.
 */
export async function verifyCard(text: string, keys: readonly CardKey[], day: string): Promise<CardVerdict> {
  const read = readCardText(text);
  if (read === null) return refuse('not-a-card');
  const [head = '', body = '', signature = ''] = read.signed.split('.');
  const [header, content, signed] = [decode(head), decode(body), decode(signature)];
  if (header === null || content === null || signed === null) return refuse('not-a-card');
  const named = readHeader(header);
  if (named === null) return refuse('not-a-card');
  if (named.alg !== algorithm) return refuse('wrong-algorithm');
  if (named.typ !== cardType || named.others) return refuse('not-a-card');
  const key = keys.find(({ kid }) => kid === named.kid);
  if (key === undefined) return refuse('unknown-key');
  const isRight = await isSignedBy(key, signed, new TextEncoder().encode(`${head}.${body}`));
  if (isRight === null) return refuse('cannot-verify');
  if (!isRight) return refuse('forged');
  const card = readCard(new TextDecoder().decode(content));
  if (card === null) return refuse('unknown-version');
  if (day < card.from) return { ...refuse('not-begun'), card };
  if (day > card.to) return { ...refuse('expired'), card };
  return { proves: true, card, code: read.code };
}

/** Whether a domain of a card holds on a day: some begin later, after a waiting period. */
export function holdsOn({ from, to }: { readonly from: string; readonly to: string }, day: string): boolean {
  return from <= day && day <= to;
}

/** The keys of a published set; null when it is none. A key that is not ours to use is left out. */
export function readCardKeys(set: unknown): readonly CardKey[] | null {
  const list = (set as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(list)) return null;
  return list.flatMap((key: Record<string, unknown> | null) => {
    const isOurs = key?.kty === 'OKP' && key.crv === 'Ed25519';
    const { kid, x } = key ?? {};
    return isOurs && typeof kid === 'string' && typeof x === 'string' ? [{ kid, x }] : [];
  });
}

async function isSignedBy(key: CardKey, signature: Bytes, text: Bytes): Promise<boolean | null> {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.x };
  try {
    const publicKey = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', publicKey, signature, text);
  } catch {
    // A browser older than 2025 does not know the curve: it must not call a good card forged.
    return null;
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Only the one text that bytes are written as: unused bits of its last letter are none to play with. */
function decode(text: string): Bytes | null {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    const again = btoa(String.fromCharCode(...bytes));
    const plain = again.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    return plain === text ? bytes : null;
  } catch {
    return null;
  }
}

function readHeader(bytes: Bytes) {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const { alg, typ, kid, ...others } = header;
    return { alg, typ, kid, others: Object.keys(others).length > 0 };
  } catch {
    return null;
  }
}

function refuse(because: CardRefusal): { proves: false; because: CardRefusal; card: null } {
  return { proves: false, because, card: null };
}
