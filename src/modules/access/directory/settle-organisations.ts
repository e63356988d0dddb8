import { openText, sealText } from '../../vault/index.ts';
import type { DirectoryImport, DirectoryOutcome, ListedProfessional } from './import-professionals.ts';
import { placeIndex } from './indexes.ts';
import type { SeenNumbers } from './seen-numbers.ts';
import * as store from './store.ts';

const about = 'organisation';

/**
 * The organisations of a batch by their keyed index, in hexadecimal: those that are missing are added, those
 * whose name changed are renamed. The first name that a file gives a place holds for the whole file.
 */
export async function settleOrganisations(
  tools: DirectoryImport,
  state: {
    readonly outcome: DirectoryOutcome;
    readonly seenPlaces: SeenNumbers;
    readonly seenNew: Set<string>;
  },
  batch: readonly ListedProfessional[],
): Promise<ReadonlyMap<string, number>> {
  const { db, keys, dryRun } = tools;
  const { outcome, seenPlaces, seenNew } = state;
  const places = new Map(batch.map(({ place }) => [place.key, place]).reverse() as [string, Place][]);
  const asked = [...places.values()].map((place) => ({ place, index: placeIndex(keys, place.key) }));
  const indexes = asked.map(({ index }) => index);
  const found = await store.findOrganisations(db, indexes);
  const known = new Map(found.map((each) => [each.index.toString('hex'), each]));
  const added: { index: Buffer; keySealed: Buffer; nameSealed: Buffer }[] = [];
  const renamed: { id: number; nameSealed: Buffer }[] = [];
  for (const { place, index } of asked) {
    const organisation = known.get(index.toString('hex'));
    if (organisation === undefined) {
      const name = index.toString('latin1');
      if (seenNew.has(name)) continue;
      if (dryRun) seenNew.add(name);
      const keySealed = sealText(keys, place.key, `${about}|place`);
      added.push({ index, keySealed, nameSealed: sealText(keys, place.name, about) });
    } else if (!seenPlaces.has(organisation.id)) {
      seenPlaces.add(organisation.id);
      if (openText(keys, organisation.nameSealed, about) === place.name) continue;
      renamed.push({ id: organisation.id, nameSealed: sealText(keys, place.name, about) });
    }
  }
  outcome.organisationsAdded += added.length;
  outcome.organisationsRenamed += renamed.length;
  if (dryRun) return new Map();
  if (renamed.length > 0) await store.renameOrganisations(db, renamed);
  if (added.length > 0) await store.insertOrganisations(db, added);
  const all = added.length > 0 ? await store.findOrganisations(db, indexes) : found;
  for (const { id } of all) seenPlaces.add(id);
  return new Map(all.map(({ id, index }) => [index.toString('hex'), id]));
}

type Place = { readonly key: string; readonly name: string };
