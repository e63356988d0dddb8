import { cardKeysPath } from '../../../src/modules/rights/card/card-text.ts';
import { type CardKey, readCardKeys } from '../../../src/modules/rights/card/verify-card.ts';

/** The public keys of cards, and when they came. */
export type KeptKeys = { readonly keys: readonly CardKey[]; readonly fetchedAt: string };

const place = 'vigie-card-keys';

/** Keys from the server, kept for when it is away; those kept last when it is; null when there are none. */
export async function fetchKeys(): Promise<KeptKeys & { readonly isFresh: boolean }> {
  // Not from the browser's cache: the date that is shown must be of an answer.
  const fetched = await fetch(cardKeysPath, { cache: 'no-cache' })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
  const keys = readCardKeys(fetched);
  if (keys !== null) {
    const fetchedAt = new Date().toISOString();
    // As they were published: they are read again as strictly as they were now.
    localStorage.setItem(place, JSON.stringify({ ...fetched, fetchedAt }));
    return { keys, fetchedAt, isFresh: true };
  }
  const kept = readKept();
  if (kept === null) throw new Error('no keys yet');
  return { ...kept, isFresh: false };
}

/** Keys are public, and say nothing of anybody: they may stay in the browser. */
function readKept(): KeptKeys | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null');
    const keys = readCardKeys(kept);
    const isKnown = keys !== null && typeof kept.fetchedAt === 'string';
    return isKnown ? { keys, fetchedAt: kept.fetchedAt } : null;
  } catch {
    return null;
  }
}
