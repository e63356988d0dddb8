import { intArray, textArray } from '../../../platform/database/arrays.ts';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { type Finding, tellsHoney } from '../fold/finding.ts';
import { instantOf } from './instant.ts';

/** How a case ends, and what a step is: the first is not an end. */
export const caseEnds = ['answered', 'undone', 'confirmed', 'expired'] as const;
export type CaseEnd = (typeof caseEnds)[number];

/** What a case is opened about. */
export type CaseSubject = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  readonly isShadow: boolean;
};

/** The open case of an account, opened now if there is none; held until the transaction ends. */
export async function holdCase(
  tx: Transaction,
  about: CaseSubject,
  by: { finding: Finding; to: number },
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const { finding, to } = by;
  const [row] = await tx<{ id: string; isNew: boolean }[]>`
    insert into guard.case_file (account, organisation, profession, is_shadow, level, bits, is_honey,
      opened_at)
    values (${about.account}, ${about.organisation}, ${about.profession}, ${about.isShadow}, ${to},
      ${finding.bits}, ${tellsHoney(finding)}, ${instantOf(finding.at)}::text::timestamptz)
    on conflict (account, is_shadow) where state = 'open' do update
      set level = greatest(case_file.level, excluded.level), bits = greatest(case_file.bits, excluded.bits),
          is_honey = case_file.is_honey or excluded.is_honey
    returning id::text as id, xmax = 0 as "isNew"`;
  return row ?? { id: '', isNew: false };
}

/** Writes a step of the guard; undefined when this entry led to it before. */
export async function insertStep(
  tx: Transaction,
  step: { caseFile: string; finding: Finding; from: number; to: number },
): Promise<string | undefined> {
  const { finding, from, to } = step;
  const [row] = await tx`
    insert into guard.case_step (case_file, account, at, what, from_standing, to_standing, by, lane, seq,
      bits, own, is_honey)
    values (${step.caseFile}::text::bigint, ${finding.account}, ${instantOf(finding.at)}::text::timestamptz,
      'contained', ${from}::int::smallint, ${to}::int::smallint, 0, ${finding.lane}::int::smallint,
      ${String(finding.seq)}::text::bigint, ${finding.bits}, ${intArray(finding.own)}::text::float8[],
      ${tellsHoney(finding)})
    on conflict (account, lane, seq, to_standing) do nothing
    returning id::text as id`;
  return row?.id;
}

/** Notes the ledger's entry of a step. */
export async function noteEntry(tx: Transaction, step: string, seq: bigint): Promise<void> {
  await tx`
    update guard.case_step set entry_seq = ${String(seq)}::text::bigint where id = ${step}::text::bigint`;
}

/** What an account's evidence was after a lookup. */
export type EvidencePoint = Pick<Finding, 'lane' | 'seq' | 'at' | 'bits' | 'own'>;

/** So many places of a case are enough to look at. */
export const pointsMost = 500;

/** Keeps what a case looks back on; what is there already stays. */
export async function keepEvidence(
  db: Database | Transaction,
  caseFile: string,
  points: readonly EvidencePoint[],
): Promise<void> {
  if (points.length === 0) return;
  const each = <T>(of: (point: EvidencePoint) => T) => points.map(of);
  await db`
    insert into guard.evidence (case_file, lane, seq, at, bits, own)
    select ${caseFile}::text::bigint, p.lane, p.seq, p.at::timestamptz, p.bits, p.own::float8[]
      from unnest(${intArray(each(({ lane }) => lane))}::text::smallint[],
        ${intArray(each(({ seq }) => seq))}::text::bigint[],
        ${textArray(each(({ at }) => instantOf(at)))}::text::text[],
        ${intArray(each(({ bits }) => bits))}::text::float8[],
        ${textArray(each(({ own }) => intArray(own)))}::text::text[]) as p(lane, seq, at, bits, own)
     order by p.lane, p.seq
     limit greatest(0, ${pointsMost}::int
       - (select count(*) from guard.evidence where case_file = ${caseFile}::text::bigint))
    on conflict do nothing`;
}

/** A case that counts: open, or one in shadow that ended lately, which rests. */
export type CountedCase = {
  readonly id: string;
  readonly account: number;
  readonly isShadow: boolean;
  readonly isOpen: boolean;
  readonly level: number;
};

/** The end of a shadow case is no entry that the fold sees: so long the same step is not noted again. */
const shadowRestDays = 7;

/** Every case that is open, and those in shadow that rest. */
export async function listCountedCases(db: Database): Promise<CountedCase[]> {
  const rows = await db<CountedCase[]>`
    select id::text as id, account, is_shadow as "isShadow", state = 'open' as "isOpen", level
      from guard.case_file
     where state = 'open'
        or (is_shadow and state <> 'confirmed'
            and closed_at > ledger.now() - make_interval(days => ${shadowRestDays}::int))`;
  return [...rows];
}

/** A case as it is held to be ended, with its guard's last step. */
export type HeldCase = {
  readonly id: string;
  readonly account: number;
  readonly organisation: number;
  readonly isShadow: boolean;
  readonly state: string;
  readonly level: number;
  readonly standing: number;
  readonly entrySeq: string | null;
};

/** Holds a case until the transaction ends. */
export async function holdKnownCase(tx: Transaction, id: string): Promise<HeldCase | undefined> {
  await tx`select from guard.case_file where id = ${id}::text::bigint for update`;
  const [row] = await tx<HeldCase[]>`
    select c.id::text as id, c.account, c.organisation, c.is_shadow as "isShadow", c.state, c.level,
        s.to_standing as standing, s.entry_seq::text as "entrySeq"
      from guard.case_file c
      join lateral (select to_standing, entry_seq from guard.case_step
                     where case_file = c.id and what = 'contained' order by id desc limit 1) s on true
     where c.id = ${id}::text::bigint`;
  return row;
}

/** How a case ends: to which standing, by which account, with which entry of the ledger. */
export type Ending = {
  readonly what: CaseEnd;
  readonly to: number;
  readonly by: number;
  readonly entrySeq: bigint | null;
  readonly reasonSealed?: Buffer;
};

/** Ends a case that is held, with its last step. Time is the ledger's. */
export async function endCase(tx: Transaction, held: HeldCase, end: Ending): Promise<void> {
  const { what, to, by, entrySeq, reasonSealed = null } = end;
  await tx`
    update guard.case_file set state = ${what}, closed_at = ledger.now(), closed_by = ${by}
     where id = ${held.id}::text::bigint`;
  await tx`
    insert into guard.case_step (case_file, account, at, what, from_standing, to_standing, by, entry_seq,
      reason_sealed)
    values (${held.id}::text::bigint, ${held.account}, ledger.now(), ${what}, ${held.standing}::int::smallint,
      ${to}::int::smallint, ${by}, ${entrySeq === null ? null : String(entrySeq)}::text::bigint,
      ${reasonSealed})`;
}

/** Open cases whose last step is older than it may hold, the oldest first. Suspensions never are. */
export async function listOverdue(db: Database, hours: number): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select c.id::text as id from guard.case_file c
     where c.state = 'open' and (c.level < 3 or c.is_shadow)
       and (select max(s.at) from guard.case_step s where s.case_file = c.id)
         < ledger.now() - make_interval(hours => ${hours}::int)
     order by c.id limit 1000`;
  return rows.map(({ id }) => id);
}

/** The open case of an account whose last step came before an entry of its lane. */
export async function findCaseBefore(
  db: Database | Transaction,
  entry: { readonly account: number; readonly seq: number },
): Promise<string | undefined> {
  const [row] = await db`
    select c.id::text as id from guard.case_file c
     where c.account = ${entry.account} and c.state = 'open' and not c.is_shadow
       and (select max(coalesce(s.entry_seq, s.seq)) from guard.case_step s where s.case_file = c.id)
         < ${String(entry.seq)}::text::bigint`;
  return row?.id;
}
