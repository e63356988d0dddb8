import type { AccountFigures } from '../../ledger/index.ts';
import { openText, sealText } from '../../vault/index.ts';
import { changeStanding } from '../change-standing.ts';
import type { AccountTools } from '../create-account.ts';
import { accountIndex, placeIndex, professionalIndex } from './indexes.ts';
import { SeenNumbers } from './seen-numbers.ts';
import { settleOrganisations } from './settle-organisations.ts';
import * as store from './store.ts';

/** A professional at one of their places, as a directory lists them. */
export type ListedProfessional = {
  /** The line of the file that told of them first. */
  readonly line: number;
  readonly rpps: string;
  readonly name: string;
  readonly place: { readonly key: string; readonly name: string };
  readonly profession: string;
  /** The directory's own code of it, as it stood in the file. */
  readonly professionCode: string;
  readonly figures: Omit<AccountFigures, 'organisation'>;
};

/** What hears of an import of professionals, and may stop it. */
export type DirectoryImport = AccountTools & {
  readonly dryRun: boolean;
  readonly counts: { added: number; changed: number; unchanged: number; closed: number; rejected: number };
  reject(row: { line: number; column: string | null; value: string; reason: string }): void;
  check(): void;
};

/** What an import of professionals found besides its counts. */
export type DirectoryOutcome = {
  organisationsAdded: number;
  organisationsRenamed: number;
  /** Accounts that had been missing from the directory; their standing is for an operator to change. */
  listedAgain: number;
  /** Accounts that the file does not list any more. */
  missing: number;
  /** Why those were not closed, when that was asked. */
  refused: 'too-many' | 'bad-lines' | null;
};

/** Whether accounts that the file does not list are closed, and whether even many. */
export type Closing = { readonly complete: boolean; readonly confirmed: boolean };

type State = {
  readonly tools: DirectoryImport;
  readonly outcome: DirectoryOutcome;
  /** Accounts and organisations that the file told of: the first time decides. */
  readonly seen: SeenNumbers;
  readonly seenPlaces: SeenNumbers;
  /** In a dry run, what is new has no number to be remembered by. */
  readonly seenNew: Set<string>;
};

const closingShareMax = 0.05;
const page = 10_000;
const why = 'Not listed any more in the directory of professionals.';

/**
 * Opens an account for each professional at each of their places, without a token: nobody signs in to it
 * until an operator gives one. Both are found again by keyed indexes, and their new names are taken over.
 */
export async function importProfessionals(
  tools: DirectoryImport,
  batches: AsyncIterable<readonly ListedProfessional[]>,
  closing: Closing,
): Promise<DirectoryOutcome> {
  const outcome: DirectoryOutcome = {
    ...{ organisationsAdded: 0, organisationsRenamed: 0, listedAgain: 0, missing: 0, refused: null },
  };
  const seen = new SeenNumbers();
  const state: State = { tools, outcome, seen, seenPlaces: new SeenNumbers(), seenNew: new Set() };
  const before = await countListed(tools);
  for await (const batch of batches) await importBatch(state, batch);
  const missing: number[] = [];
  for await (const account of listedAccounts(tools)) if (!seen.has(account)) missing.push(account);
  outcome.missing = missing.length;
  if (!closing.complete || missing.length === 0) return outcome;
  if (!closing.confirmed && tools.counts.rejected > 0) outcome.refused = 'bad-lines';
  else if (!closing.confirmed && missing.length > before * closingShareMax) outcome.refused = 'too-many';
  if (outcome.refused !== null) return outcome;
  for (const account of missing) {
    tools.check();
    if (!tools.dryRun) await close(tools, account);
    tools.counts.closed += 1;
  }
  return outcome;
}

async function importBatch(state: State, batch: readonly ListedProfessional[]): Promise<void> {
  const { tools, seen } = state;
  const organisations = await settleOrganisations(tools, state, batch);
  const indexes = batch.map(({ rpps, place }) => accountIndex(tools.keys, rpps, place.key));
  const found = await store.findListedAccounts(tools.db, indexes);
  const known = new Map(found.map((account) => [account.index.toString('hex'), account]));
  const added: Opening[] = [];
  const updated: Parameters<typeof store.updateHolders>[1][number][] = [];
  for (const [at, listed] of batch.entries()) {
    const index = indexes[at] as Buffer;
    const account = known.get(index.toString('hex'));
    if (account === undefined) {
      noteNew(state, added, { listed, index });
      continue;
    }
    if (seen.has(account.id)) continue;
    seen.add(account.id);
    if (account.profession !== listed.profession) {
      rejectProfession(tools, listed);
      continue;
    }
    const holderSealed = renewHolder(tools, account, listed);
    if (account.isUnlisted) state.outcome.listedAgain += 1;
    if (holderSealed === null) tools.counts.unchanged += 1;
    else updated.push({ id: account.id, holderSealed, rppsIndex: rppsIndexOf(tools, listed) });
  }
  tools.counts.changed += updated.length;
  tools.counts.added += added.length;
  if (tools.dryRun) return;
  if (updated.length > 0) await store.updateHolders(tools.db, updated);
  await open(state, added, organisations);
}

type Opening = { readonly listed: ListedProfessional; readonly index: Buffer };

function noteNew(state: State, added: Opening[], opening: Opening): void {
  if (state.tools.dryRun) {
    const name = opening.index.toString('latin1');
    if (state.seenNew.has(name)) return;
    state.seenNew.add(name);
  }
  added.push(opening);
}

/** An allowance was opened for a profession: another one is another account, and a person's decision. */
function rejectProfession(tools: DirectoryImport, { line, professionCode }: ListedProfessional): void {
  tools.reject({ line, column: 'Code profession', value: professionCode, reason: 'profession-changed' });
}

/** What the account must hold now, or null when it does already. */
function renewHolder(
  tools: DirectoryImport,
  account: store.ListedAccount,
  { name, rpps }: ListedProfessional,
): Buffer | null {
  const about = `holder|${account.id}`;
  const holder = JSON.parse(openText(tools.keys, account.holderSealed, about)) as { name?: string };
  if (holder.name === name && !account.isUnlisted && account.hasProfessional) return null;
  return sealText(tools.keys, JSON.stringify({ ...holder, name, identifier: rpps }), about);
}

async function open(
  state: State,
  added: readonly Opening[],
  organisations: ReadonlyMap<string, number>,
): Promise<void> {
  if (added.length === 0) return;
  const { tools, seen } = state;
  const { keys, ledger } = tools;
  const organisationOf = ({ listed }: Opening): number => {
    const organisation = organisations.get(placeIndex(keys, listed.place.key).toString('hex'));
    if (organisation === undefined) throw new Error('every place of a batch has its organisation');
    return organisation;
  };
  const figures = added.map((each) => ({ organisation: organisationOf(each), ...each.listed.figures }));
  await ledger.openAccounts(figures, async (tx, opened) => {
    const rows = opened.map(({ place, account }) => {
      const { listed, index } = added[place] as Opening;
      const holder = JSON.stringify({ name: listed.name, identifier: listed.rpps });
      const holderSealed = sealText(keys, holder, `holder|${account}`);
      const organisation = figures[place]?.organisation ?? 0;
      const rppsIndex = rppsIndexOf(tools, listed);
      return { account, organisation, profession: listed.profession, holderSealed, index, rppsIndex };
    });
    await store.insertListedAccounts(tx, rows);
    for (const { account } of opened) seen.add(account);
  });
}

function rppsIndexOf({ keys }: DirectoryImport, { rpps }: ListedProfessional): Buffer {
  const index = professionalIndex(keys, rpps);
  if (index === null) throw new Error('a directory lists RPPS numbers');
  return index;
}

async function close(tools: DirectoryImport, account: number): Promise<void> {
  // The standing first: a token that is revoked already must not make the account look closed.
  await changeStanding(tools, { account, standing: 'suspended', why, by: 0 });
  await store.closeListedAccount(tools.db, account);
}

async function* listedAccounts({ db }: DirectoryImport): AsyncGenerator<number> {
  for (let after = 0; ; ) {
    const accounts = await store.readListedAccounts(db, after, page);
    yield* accounts;
    const last = accounts.at(-1);
    if (last === undefined || accounts.length < page) return;
    after = last;
  }
}

async function countListed(tools: DirectoryImport): Promise<number> {
  let count = 0;
  for await (const _ of listedAccounts(tools)) count += 1;
  return count;
}
