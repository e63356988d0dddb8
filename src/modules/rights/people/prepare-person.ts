import { hashSaid, type Keys, type Said } from '../../vault/index.ts';
import { joinPeople, type Listing } from './amend-record.ts';
import type { ListedPerson } from './listed-person.ts';
import { type PersonRecord, recordLink, recordText } from './person-record.ts';

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
  const record = joinPeople(people, by.listing);
  const said = saidOf(record);
  const { lookupKeys, digest, link } = hashSaid(by.keys, by.insurer, said);
  const names = said.identities.map((each) => `${each.nir13}|${each.birthDate}|${each.birthRank}`);
  names.push(`link|${said.link}`);
  return { people, said, keys: lookupKeys, names, digest, link };
}

function saidOf(record: PersonRecord): Said {
  const { compared, kept } = recordText(record);
  return { identities: record.identities, compared, kept, link: recordLink(record) };
}
