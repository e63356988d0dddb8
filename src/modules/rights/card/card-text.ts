/** What is read from a card: the signed part, and the six digits when it is shown and not printed. */
export type CardText = { readonly signed: string; readonly code: string | null };

/** The page that verifies a card; what follows `#` never reaches a server. */
export const cardPath = '/card';
/** Where the public keys of cards are. */
export const cardKeysPath = '/.well-known/vigie-card-keys';

const compact = /^[\w-]+\.[\w-]*\.[\w-]*$/;
const textMax = 4_000;

/** What a card's QR holds: the page that verifies it, the signed part, and the code when it is shown. */
export function writeCardText({ signed, code }: CardText, origin: string): string {
  return `${origin}${cardPath}#${signed}${code === null ? '' : `~${code}`}`;
}

/** Reads a QR's address, its part after `#`, or a signed part alone; null when it is none of them. */
export function readCardText(text: string): CardText | null {
  // Pasted from a letter or a terminal it may be broken into lines.
  const plain = text.replaceAll(/\s/g, '');
  if (plain.length > textMax) return null;
  const [signed = '', code, ...more] = plain.slice(plain.indexOf('#') + 1).split('~');
  if (more.length > 0 || !compact.test(signed)) return null;
  if (code !== undefined && !/^\d{6}$/.test(code)) return null;
  return { signed, code: code ?? null };
}

/** The code of a card that is shown: of its whole QR, or six digits alone; null when there is none. */
export function readShownCode(text: string): string | null {
  const digits = text.replaceAll(/\s/g, '');
  return /^\d{6}$/.test(digits) ? digits : (readCardText(text)?.code ?? null);
}
