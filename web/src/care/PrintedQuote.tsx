import { createPortal } from 'react-dom';
import type { Session } from '../api/session.ts';
import { useClaimTexts, useEuros } from '../texts/claims.ts';
import { useDates } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { partsOf, payers } from './SharesBar.tsx';
import { useActName } from './SharesTable.tsx';
import { todayInParis } from './typed-care.ts';
import type { Desk } from './use-care-desk.ts';

/** The quote on paper: one page, beside what is on the screen. It names nobody: a line is left for that. */
export function PrintedQuote({ desk, session }: { readonly desk: Desk; readonly session: Session }) {
  const { paper } = useClaimTexts();
  const dates = useDates();
  const nameOf = useProfessionName();
  const { promised, read, care } = desk;
  const quote = desk.quote.now?.body ?? null;
  const shown = promised ?? quote;
  if (shown === null) return null;
  const acts = promised?.acts ?? read.quoted?.acts ?? [];
  const until = dates.day(promised?.expiresOn ?? quote?.validUntil ?? todayInParis());
  const facts = [
    [paper.for, ''],
    [paper.careDate, dates.day(promised?.careDate ?? care.careDate)],
    [promised === null ? paper.validUntil : paper.expiresOn, until],
  ];
  return createPortal(
    <article className="printed">
      <header>
        <div>
          <strong>{session.organisation.name}</strong>
          <br />
          {nameOf(session.profession)}
        </div>
        <div>
          {paper.date(dates.day(todayInParis()))}
          <br />
          {paper.number(shown.quote.slice(0, 8))}
        </div>
      </header>
      <h1>{promised === null ? paper.title : paper.promisedTitle}</h1>
      {promised !== null && <p className="promise-number">{paper.engagement(promised.engagement)}</p>}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <PaperTable acts={acts} shares={shown.shares} totals={shown.totals} />
      <p>{promised === null ? paper.worth(until) : paper.worthPromised(until)}</p>
      <footer>
        <div>{paper.professional}</div>
        <div>{paper.signed}</div>
      </footer>
    </article>,
    document.body,
  );
}

type Lines = Pick<NonNullable<Desk['promised']>, 'acts' | 'shares' | 'totals'>;

function PaperTable({ acts, shares, totals }: Lines) {
  const { paper, payers: names, shares: texts } = useClaimTexts();
  const nameOf = useActName();
  const euros = useEuros();
  const kept = shares.reduce((sum, one) => sum + one.participationCents + one.franchiseCents, 0);
  const insurers = [
    ...new Set(shares.flatMap((one) => one.complementary.map(({ insurer, plan }) => `${insurer}, ${plan}`))),
  ];
  return (
    <>
      <table>
        <thead>
          <tr>
            <th>{paper.code}</th>
            <th>{paper.act}</th>
            {[paper.quantity, texts.price, ...payers.map((payer) => names[payer])].map((head) => (
              <th key={head} className="amount">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {acts.map((act, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name, and never move in an answer.
            <tr key={place}>
              <td>{act.code}</td>
              <td>{nameOf(act)}</td>
              <td className="amount">{act.quantity ?? 1}</td>
              {amountsOf(act.priceCents, shares[place]).map(([name, cents]) => (
                <td key={name} className="amount">
                  {euros(cents)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={3}>{paper.total}</th>
            <td className="amount">{euros(totals.priceCents)}</td>
            {payers.map((payer) => (
              <td key={payer} className="amount">
                {euros(partsOf(totals)[payer])}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      {insurers.length > 0 && (
        <p className="small">
          {names.complementary} : {insurers.join(' ; ')}
        </p>
      )}
      {kept > 0 && <p className="small">{texts.kept(euros(kept))}</p>}
    </>
  );
}

function amountsOf(priceCents: number, shares: Lines['shares'][number] | undefined) {
  const complementary = shares?.complementary.reduce((sum, { cents }) => sum + cents, 0) ?? 0;
  return [
    ['price', priceCents],
    ['mandatory', shares?.mandatoryGrossCents ?? 0],
    ['complementary', complementary],
    ['person', shares?.personCents ?? 0],
  ] as const;
}
