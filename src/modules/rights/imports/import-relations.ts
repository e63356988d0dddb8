import { findNamedAccounts } from '../../access/index.ts';
import { findSubjects, lookupKeys } from '../../vault/index.ts';
import type { RowImport } from './import-insurers.ts';
import type { FileRow } from './list-professionals.ts';
import { type RelationRow, readRelationRow } from './relation-row.ts';

type Read = RelationRow & { readonly row: FileRow };

/**
 * Seeds the people that accounts already serve, from past payments. That a person is unknown is told to the
 * operator, who holds the keys, and to nobody over the network.
 */
export async function importRelations(
  tools: RowImport & { readonly lenient: boolean },
  batches: AsyncIterable<readonly FileRow[]>,
): Promise<void> {
  // While the ledger writes one batch, the next is read and looked up.
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const batch of batches) {
      const relations = await resolve(tools, readBatch(tools, batch));
      await writing;
      writing = seed(tools, relations);
      // Heard when it is awaited, not as a stray rejection.
      writing.catch(() => {});
    }
  } finally {
    await writing;
  }
}

function readBatch(
  tools: RowImport & { readonly lenient: boolean },
  batch: readonly FileRow[],
): readonly Read[] {
  const rows: Read[] = [];
  for (const row of batch) {
    const read = readRelationRow(row.values, tools);
    if (!('problem' in read)) rows.push({ ...read, row });
    else tools.reject({ line: row.line, column: read.column, value: read.value, reason: read.problem });
  }
  return rows;
}

async function resolve(
  tools: RowImport,
  rows: readonly Read[],
): Promise<{ account: number; subject: string }[]> {
  const { db, keys } = tools;
  if (rows.length === 0) return [];
  const [accounts, people] = await Promise.all([
    findNamedAccounts(
      tools,
      rows.map(({ account }) => account),
    ),
    findSubjects(
      db,
      rows.map(({ identity }) => lookupKeys(keys, identity)),
    ),
  ]);
  const relations: { account: number; subject: string }[] = [];
  rows.forEach(({ row, account: named }, at) => {
    const [account, person] = [accounts[at] ?? null, people[at] ?? null];
    const { line } = row;
    if (account === null) {
      const column = 'account' in named ? 'account' : 'rpps';
      const value = row.values[column === 'account' ? 3 : 4] ?? '';
      tools.reject({ line, column, value, reason: 'unknown-account' });
    } else if (person === null) {
      tools.reject({ line, column: 'nir', value: row.values[0] ?? '', reason: 'unknown-person' });
    } else relations.push({ account, subject: person.subject });
  });
  return relations;
}

async function seed(
  { ledger, dryRun, counts }: RowImport,
  relations: readonly { account: number; subject: string }[],
): Promise<void> {
  if (relations.length === 0) return;
  const added = dryRun
    ? await ledger.countNewRelations(relations)
    : await ledger.seedManyRelations(relations);
  counts.added += added;
  counts.unchanged += relations.length - added;
}
