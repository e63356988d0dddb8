import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts, useEuros } from '../texts/claims.ts';
import { useTexts } from '../texts/language.tsx';
import { RefusedFields } from './RefusedFields.tsx';
import { SharesBar } from './SharesBar.tsx';
import type { LineShares, Totals } from './text-of.ts';
import type { EngagementAnswer } from './typed-care.ts';
import type { LiveQuote } from './use-quote.ts';

type Props = {
  readonly quote: LiveQuote;
  readonly promised: EngagementAnswer | null;
  /** Whether it is known whom care is for. */
  readonly isNamed: boolean;
  /** Whether what is typed is complete enough to be quoted. */
  readonly isComplete: boolean;
  /** Whether it is counted by itself, or somebody must ask. */
  readonly isLive: boolean;
  /** Whether a promise that this page did not make will decide. */
  readonly isByPromise: boolean;
};

/** Who pays how much, beside what is typed: three shares, and what stands in the ledger for them. */
export function SharesPanel(props: Props) {
  const { quote, promised } = props;
  const { shares: texts } = useClaimTexts();
  const shown = promised ?? quote.last?.body ?? null;
  const isStale = promised === null && quote.now === null && shown !== null;
  return (
    <Stack component="section" className="sheet sticks" gap="sm" aria-labelledby="shares">
      <Title order={2} size="h4" id="shares">
        {promised === null ? texts.title : texts.promised}
      </Title>
      {shown !== null && (
        <div className={isStale ? 'is-stale' : undefined}>
          <Shown totals={shown.totals} shares={shown.shares} />
        </div>
      )}
      <Told {...props} isStale={isStale} />
      {quote.error !== null && promised === null && (
        <>
          <ProblemNotice error={quote.error} again={quote.ask} />
          <RefusedFields error={quote.error} />
        </>
      )}
    </Stack>
  );
}

function Shown({ totals, shares }: { readonly totals: Totals; readonly shares: readonly LineShares[] }) {
  const { shares: texts } = useClaimTexts();
  const euros = useEuros();
  const kept = shares.reduce((sum, one) => sum + one.participationCents + one.franchiseCents, 0);
  return (
    <>
      <p className="price">
        <span>{texts.total}</span>
        <span className="figures">{euros(totals.priceCents)}</span>
      </p>
      <SharesBar totals={totals} />
      {kept > 0 && (
        <Text size="sm" className="quiet" mt="sm">
          {texts.kept(euros(kept))}
        </Text>
      )}
    </>
  );
}

/** How it stands with counting, said quietly; who cannot see it hears it. */
function Told(props: Props & { readonly isStale: boolean }) {
  const { quote, promised, isComplete, isLive, isByPromise } = props;
  const { shares: texts } = useClaimTexts();
  const { answer } = useTexts();
  const says = useSaid(props);
  const { now, isCounting } = quote;
  if (promised !== null) return null;
  if (isByPromise) return <Text size="sm">{texts.byPromise}</Text>;
  const reason = now?.body.reason ?? 'covered';
  return (
    <>
      {reason !== 'covered' && (
        <Alert color="attention" title={texts.notCovered}>
          {answer.reasons[reason]}
        </Alert>
      )}
      <Text size="sm" className="quiet" role="status">
        {says}
      </Text>
      {!isLive && isComplete && now === null && (
        <>
          <Button variant="default" onClick={quote.ask} loading={isCounting}>
            {texts.count}
          </Button>
          <Text size="sm" className="quiet">
            {texts.countHelp}
          </Text>
        </>
      )}
    </>
  );
}

function useSaid({ quote, isNamed, isComplete, isStale }: Props & { readonly isStale: boolean }): string {
  const { shares: texts, desk } = useClaimTexts();
  const { now, last, isCounting, error } = quote;
  if (isCounting) return texts.counting;
  if (now !== null) return texts.recorded(now.entry ?? '');
  if (error !== null) return '';
  if (isComplete) return isStale ? texts.stale : '';
  if (!isNamed) return desk.wrongPerson;
  return last === null ? texts.nothing : texts.incomplete;
}
