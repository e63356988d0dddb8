import { readFile } from 'node:fs/promises';
import { readCardKeys } from '../modules/rights/index.ts';

const patienceMs = 15_000;
const bytesMax = 100_000;

/** A set of public keys as it was published or saved. */
export type CardKeySet = { readonly keys: readonly unknown[]; readonly fetchedAt?: string };

/** Fetches the published keys. */
export async function fetchCardKeys(address: string): Promise<CardKeySet> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' }).catch(
    () => undefined,
  );
  if (answer?.ok !== true) throw new Error(`No server gives keys at ${address}.`);
  return readSet(await answer.text(), address);
}

/** The keys of a file that was saved before, or of an address. */
export async function openCardKeys(place: string): Promise<CardKeySet> {
  if (/^https?:\/\//.test(place)) return fetchCardKeys(place);
  const text = await readFile(place, 'utf8').catch(() => {
    throw new Error(`${place} cannot be read: save the keys with vigie card keys --out FILE.`);
  });
  return readSet(text, place);
}

function readSet(text: string, from: string): CardKeySet {
  const set = text.length > bytesMax ? null : parse(text);
  if (set === null || readCardKeys(set) === null) throw new Error(`${from} holds no keys of cards.`);
  return set as CardKeySet;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
