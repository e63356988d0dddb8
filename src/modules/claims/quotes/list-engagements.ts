import type { Caller } from '../../access/index.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { tellOfSubject } from '../reading/tell-of-subject.ts';
import { type MadeEngagement, openEngagement } from './engage.ts';
import { listEngagements as listRows } from './store.ts';

/** A page of engagements; those whose people may not be told of now are counted alone. */
export type EngagementPage = {
  readonly told: readonly MadeEngagement[];
  readonly withheld: number;
  readonly next: string | null;
};

const pageSize = 50;

/** Lists the engagements of one's organisation, each through a receipt of its own. */
export async function listEngagements(
  tools: ClaimTools,
  caller: Caller,
  after: string | undefined,
): Promise<EngagementPage> {
  const { organisation } = caller;
  const rows = await listRows(tools.db, { organisation, most: pageSize + 1, after: readPlace(after) });
  const page = rows.slice(0, pageSize);
  const answers = await Promise.all(
    page.map(async (row) => {
      const engagement = openEngagement(tools, row);
      const known = { subject: row.subject, terms: engagement.terms, action: 'engaged' as const };
      return tellOfSubject(tools, caller, known, async () => engagement);
    }),
  );
  const told = answers.flatMap((one) => (one.outcome === 'disclosed' ? [one.told] : []));
  const last = rows.length > pageSize ? page.at(-1) : undefined;
  const next = last === undefined ? null : `${last.madeAt.getTime()}.${last.number}`;
  return { told, withheld: page.length - told.length, next };
}

/** Several may be of one millisecond: the place is an instant and a number. */
function readPlace(text: string | undefined) {
  if (text === undefined) return null;
  const [ms = '', number = ''] = text.split('.');
  return { madeAt: new Date(Number(ms)), number };
}
