import { randomUUID } from 'node:crypto';
import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { gather } from '../../../platform/threads/gather.ts';
import type { Caller } from '../../access/index.ts';
import type { AskedPerson, Drawn } from '../../rights/index.ts';
import type { Keys } from '../../vault/index.ts';
import type { Care } from '../care/care-body.ts';
import { type DrawnTerms, drawTerms } from '../care/draw-terms.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { findOwnClaim } from '../reading/store.ts';
import { sealCare } from '../sealed-care.ts';
import { claimStates, type Prescription, type SubmittedClaim, twinText } from './claim.ts';
import { type ClaimToKeep, insertClaims, type KeptClaim } from './store.ts';

/** A claim as it is sent. */
export type AskedClaim = {
  readonly person: Omit<AskedPerson, 'careDomains' | 'purpose'>;
  readonly care: Care;
  readonly prescription?: Prescription;
  readonly engagement?: string;
  readonly expectedCents?: number;
  readonly reference?: string;
  /** The rejected or cancelled claim that this one corrects. */
  readonly replaces?: string;
};

/** The same when its person is not named by number: all that is kept of them is the day of care. */
type ClaimToAsk = Omit<AskedClaim, 'person'> & {
  readonly person: Pick<AskedPerson, 'careDate' | 'presenceCode'>;
};

/** What came of sending it. */
export type ClaimReceived =
  | Exclude<Drawn, { outcome: 'disclosed' }>
  | (Pick<Extract<Drawn, { outcome: 'disclosed' }>, 'entry' | 'allowance'> & {
      readonly outcome: 'received';
      readonly claim: string;
      readonly receivedAt: Date;
    });

/** Takes in one claim; many callers share one write. The same key and claim again give the same answer. */
export type SubmitClaim = (caller: Caller, asked: AskedClaim, key: string) => Promise<ClaimReceived>;

const keptAtOnce = 256;

/** Keeps a claim whose person was drawn, under its key. */
export type KeepClaim = (
  caller: Caller,
  claim: { readonly asked: ClaimToAsk; readonly key: string; readonly drawn: Told },
) => Promise<ClaimReceived>;

/** Makes what takes claims in. `wake` is called once one is kept: whoever decides may begin. */
export function createSubmitClaim(
  tools: Pick<ClaimTools, 'db' | 'keys' | 'ledger' | 'draw'>,
  wake: () => void,
): SubmitClaim {
  const keep = createKeepClaim(tools, wake);
  return async (caller, asked, key) => {
    const { person, care, replaces } = asked;
    // Before anybody is drawn: a wrong number costs nothing.
    if (replaces !== undefined) await requireOwn(tools.db, caller, replaces);
    const drawn = await drawTerms(tools, caller, { person, acts: care.acts, action: 'claimed' });
    return drawn.outcome === 'disclosed' ? keep(caller, { asked, key, drawn }) : drawn;
  };
}

/** A claim corrects one of its own house that pays nothing. */
async function requireOwn(db: Database, { organisation }: Caller, replaces: string): Promise<void> {
  const row = await findOwnClaim(db, { id: replaces, organisation });
  const { rejected, cancelled } = claimStates;
  if (row !== undefined && (row.state === rejected || row.state === cancelled)) return;
  const says = 'names no rejected or cancelled claim of your organisation';
  throw new Failure('invalid-field', { fields: [{ field: 'replaces', says }] });
}

/** Makes what keeps claims; many callers share one write. */
export function createKeepClaim(
  { db, keys, ledger }: Pick<ClaimTools, 'db' | 'keys' | 'ledger'>,
  wake: () => void,
): KeepClaim {
  const keep = gather(async (claims: readonly ClaimToKeep[]): Promise<KeptClaim[]> => {
    try {
      return await insertClaims(db, claims);
    } catch (error) {
      throw new Failure('unavailable', { privateCause: error });
    }
  }, keptAtOnce);

  return async (caller, asked) => {
    const { receipt, entry, allowance } = asked.drawn;
    const claim = claimToKeep(keys, caller, asked);
    const kept = await keep(claim);
    if (!kept.digest.equals(claim.digest)) throw new Failure('idempotency-key-reused');
    if (kept.id === claim.id) wake();
    await ledger.confirmOpen(receipt);
    return { outcome: 'received', entry, allowance, claim: kept.id, receivedAt: kept.receivedAt };
  };
}

type Told = Extract<DrawnTerms, { outcome: 'disclosed' }>;

/** A claim as it is kept: sealed, and named by keyed marks that nobody can guess from the database. */
export function claimToKeep(
  keys: Keys,
  { account, organisation }: Caller,
  { asked, key, drawn }: { readonly asked: ClaimToAsk; readonly key: string; readonly drawn: Told },
): ClaimToKeep {
  const id = randomUUID();
  const { terms, foreignActs, receipt } = drawn;
  const { subject } = receipt;
  const submitted = submittedOf(asked, { terms, foreignActs });
  return {
    ...{ id, account, organisation, subject },
    insurers: drawn.concerned,
    keyMark: keys.mac('claim-mark', `key|${account}|${key}`),
    digest: keys.mac('claim-mark', `claim|${digestText(asked)}`),
    twinMark: keys.mac('claim-mark', twinText(subject, organisation, submitted)),
    engagement: asked.engagement ?? null,
    replaces: asked.replaces ?? null,
    sealed: sealCare(keys, submitted, { what: 'claim', id }),
  };
}

function submittedOf(
  { person, care, prescription, engagement, expectedCents, reference }: ClaimToAsk,
  drawn: Pick<SubmittedClaim, 'terms' | 'foreignActs'>,
): SubmittedClaim {
  return {
    ...{ care, careDate: person.careDate, ...drawn },
    ...(prescription === undefined ? {} : { prescription }),
    ...(engagement === undefined ? {} : { engagement }),
    ...(expectedCents === undefined ? {} : { expectedCents }),
    ...(reference === undefined ? {} : { reference }),
  };
}

/** The same claim has the same text, in whatever order its fields were written. */
function digestText({ person, ...asked }: ClaimToAsk): string {
  // A code that proved presence works once: sent again, the same claim has another one, or none.
  const { presenceCode: _used, ...whom } = person;
  return JSON.stringify(sorted({ ...whom, ...asked }));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
