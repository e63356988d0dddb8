import { hashSaid, type Keys, type Said, type Sealer } from '../../vault/index.ts';
import { joinPeople, type Listing } from './amend-record.ts';
import type { ListedPerson } from './listed-person.ts';
import { recordLink, recordText } from './person-record.ts';

/** One person of a file, with the keyed hashes by which they are found and compared. */
export type PreparedPerson = {
  readonly people: readonly ListedPerson[];
  readonly said: Said;
  readonly keys: readonly Buffer[];
  /** What leads to the person, as texts for this process's maps: their number first, the link last. */
  readonly names: readonly string[];
  readonly digest: Buffer;
  readonly link: Buffer;
};

/** What hashes are made with. */
export type Hashing = { readonly keys: Keys; readonly insurer: number; readonly listing: Listing };

/** Prepares what a file says of one person: several groups of lines when they did not stand together. */
export function preparePerson(by: Hashing, people: readonly ListedPerson[]): PreparedPerson {
  const said = saidOf(people, by.listing);
  return prepared(people, said, hashSaid(by.keys, by.insurer, said));
}

/** Prepares a batch of a file, each person by themselves; the hashes may be made in another thread. */
export async function preparePeople(
  by: { readonly sealer: Sealer; readonly listing: Listing },
  batch: readonly ListedPerson[],
): Promise<readonly PreparedPerson[]> {
  const said = batch.map((person) => saidOf([person], by.listing));
  const hashes = await by.sealer.hash(said);
  return hashes.map((each, place) => {
    const person = batch[place] as ListedPerson;
    return prepared([person], said[place] as Said, each);
  });
}

function prepared(
  people: readonly ListedPerson[],
  said: Said,
  { lookupKeys: keys, digest, link }: ReturnType<typeof hashSaid>,
): PreparedPerson {
  const names = said.identities.map((each) => `${each.nir13}|${each.birthDate}|${each.birthRank}`);
  names.push(`link|${said.link}`);
  return { people, said, keys, names, digest, link };
}

function saidOf(people: readonly ListedPerson[], listing: Listing): Said {
  const record = joinPeople(people, listing);
  const { compared, kept } = recordText(record);
  return { identities: record.identities, compared, kept, link: recordLink(record) };
}
