import type { Day } from '../../../platform/clock.ts';
import { readNumbers } from '../../vault/index.ts';
import type { ImportCounts } from '../imports/keep-import.ts';
import { closeAmendment, endAmendment } from './amend-record.ts';
import type { SeenPeople } from './seen-people.ts';
import { readOpen, readPending } from './store.ts';
import { amendAll, type Writing } from './write-batch.ts';

/** How a file ends. */
export type EndOptions = {
  readonly complete: boolean;
  readonly confirmClosures: boolean;
  readonly dryRun: boolean;
  readonly counts: ImportCounts;
  readonly seen: SeenPeople;
  readonly lastDay: Day;
  readonly check?: () => void;
};

/** More closures than this share of an insurer's people are a wrong file until somebody says otherwise. */
export const closedShareMax = 0.05;

const pageSize = 1_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** What came of the end of a file: remarks, and whether people who should have been closed were not. */
export type FileEnd = { readonly remarks: readonly string[]; readonly isIncomplete: boolean };

/** What is left to do when the last line was read: what is no longer listed goes. */
export async function endFile(use: Writing, options: EndOptions): Promise<FileEnd> {
  const closes = options.complete && (options.counts.rejected === 0 || options.confirmClosures);
  if (!options.dryRun) await endPending(use, closes, options);
  if (!options.complete) return { remarks: [], isIncomplete: false };
  const refusal = closes ? await closeUnlisted(use, options) : notClosedForRejected;
  return refusal === null ? { remarks: [], isIncomplete: false } : { remarks: [refusal], isIncomplete: true };
}

const notClosedForRejected =
  'Nobody was closed: some lines could not be read, and they may list the people who seem to be missing. ' +
  'Correct them and import the file again, or add --confirm-closures.';

async function endPending(use: Writing, complete: boolean, options: EndOptions): Promise<void> {
  const { insurer, db } = use;
  const input = { listing: { number: use.listing.number, complete }, lastDay: options.lastDay };
  const by = { amendment: endAmendment, input, closedOn: null };
  for (let after = beforeAll; ; ) {
    options.check?.();
    const subjects = await readPending(db, insurer, { after, most: pageSize });
    if (subjects.length === 0) return;
    await amendAll(use, subjects, by);
    after = subjects.at(-1) ?? after;
  }
}

/** Closes whom a complete file does not list; gives why not, when it does not. */
async function closeUnlisted(use: Writing, options: EndOptions): Promise<string | null> {
  const { counts, dryRun, confirmClosures, lastDay } = options;
  let open = 0;
  let unlisted = 0;
  for await (const page of openPeople(use, options)) {
    open += page.known;
    unlisted += page.unlisted.length;
  }
  const isMany = unlisted > closedShareMax * open;
  if (isMany && !confirmClosures) return tooMany(unlisted, open);
  if (dryRun) {
    counts.closed = unlisted;
    return null;
  }
  const by = { amendment: closeAmendment, input: lastDay, closedOn: lastDay };
  for await (const { unlisted: subjects } of openPeople(use, options)) {
    if (subjects.length > 0) counts.closed += await amendAll(use, subjects, by);
  }
  return null;
}

function tooMany(unlisted: number, open: number): string {
  const share = ((100 * unlisted) / open).toFixed(1);
  return (
    `Nobody was closed: the file does not list ${unlisted} of ${open} people (${share} %), more than ` +
    `${100 * closedShareMax} %. If that is right, import it again with --confirm-closures.`
  );
}

/** The people of this insurer whose rights are open, page by page, and those of them who were not listed. */
async function* openPeople(
  use: Writing,
  options: EndOptions,
): AsyncGenerator<{ known: number; unlisted: readonly string[] }> {
  for (let after = beforeAll; ; ) {
    options.check?.();
    const subjects = await readOpen(use.db, use.insurer, { after, most: pageSize });
    if (subjects.length === 0) return;
    const numbers = await readNumbers(use.db, subjects);
    const unlisted = subjects.filter((subject) => !options.seen.has(numbers.get(subject) ?? 0));
    yield { known: subjects.length, unlisted };
    after = subjects.at(-1) ?? after;
  }
}
