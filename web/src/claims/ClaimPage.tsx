import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { rejections } from '../../../src/modules/claims/adjudicating/rejections.ts';
import { CareDesk } from '../care/CareDesk.tsx';
import { Paid, Rejected, useClaim } from '../care/ClaimFollow.tsx';
import { SharesTable } from '../care/SharesTable.tsx';
import { careOfClaim, type WholeClaim } from '../care/typed-care.ts';
import { GoneWhenIdle } from '../frame/GoneWhenIdle.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts } from '../texts/claims.ts';
import { useDates, useLanguage } from '../texts/language.tsx';
import { CancelClaim } from './CancelClaim.tsx';
import { ClaimState } from './ClaimState.tsx';
import { SentActs } from './SentActs.tsx';

/** One claim: who pays each act, why, what became of it, and what can still be done. */
export function ClaimPage() {
  const { claim = '' } = useParams();
  return (
    <GoneWhenIdle>
      <Claim key={claim} claim={claim} />
    </GoneWhenIdle>
  );
}

function Claim({ claim }: { readonly claim: string }) {
  const { claim: texts, shares, follow } = useClaimTexts();
  const dates = useDates();
  const read = useClaim(claim);
  const [isCorrecting, setCorrecting] = useState(false);
  if (read.isError) return <ProblemNotice error={read.error} again={() => void read.refetch()} />;
  if (read.data === undefined) return null;
  const { data } = read;
  if (isCorrecting) return <Correcting claim={data} close={() => setCorrecting(false)} />;
  return (
    <Stack>
      <Text size="sm">
        <Link to="/claims">← {texts.back}</Link>
      </Text>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {texts.title(dates.day(data.careDate))}
        </Title>
        <ClaimState is={data.state} size="lg" />
      </Group>
      {data.rejection !== null && <Rejected rejection={data.rejection} />}
      {data.state === 'received' && <Text>{follow.waiting}</Text>}
      <Actions data={data} correct={() => setCorrecting(true)} reread={() => void read.refetch()} />
      {data.totals !== null && (
        <section className="sheet">
          <Title order={2} size="h4" mb="sm">
            {shares.title}
          </Title>
          <Paid totals={data.totals} />
        </section>
      )}
      <section className="sheet">
        <Title order={2} size="h4" mb="xs">
          {data.shares.length > 0 ? shares.perLine : texts.acts}
        </Title>
        {data.shares.length > 0 ? (
          <SharesTable acts={data.acts} shares={data.shares} />
        ) : (
          <SentActs acts={data.acts} />
        )}
      </section>
      <Facts data={data} />
      <History history={data.history} />
    </Stack>
  );
}

/** The same lines again; whom it is for is asked, for it is kept nowhere. */
function Correcting({ claim, close }: { readonly claim: WholeClaim; readonly close: () => void }) {
  const { language } = useLanguage();
  const { desk } = useClaimTexts();
  const navigate = useNavigate();
  const [start] = useState(() => ({
    ...{ person: null, replaces: claim.claim, rejection: claim.rejection, promised: null },
    care: careOfClaim(claim, language),
  }));
  const wish = useMemo(() => ({ mode: 'claim' as const }), []);
  return (
    <CareDesk {...{ start, wish, close }} closeLabel={desk.close} next={() => void navigate('/claims')} />
  );
}

function Actions(props: {
  readonly data: WholeClaim;
  readonly correct: () => void;
  readonly reread: () => void;
}) {
  const { data, correct, reread } = props;
  const { claim: texts, follow } = useClaimTexts();
  const [isAsking, setAsking] = useState(false);
  const [wasCancelled, setCancelled] = useState(false);
  const canCorrect = data.state === 'rejected' || data.state === 'cancelled';
  const canCancel = data.state === 'received' || data.state === 'accepted';
  return (
    <>
      {wasCancelled && <Alert color="accent" role="status" title={texts.cancelled} />}
      <div>
        <Group>
          <Button
            variant={data.state === 'rejected' ? 'filled' : 'default'}
            disabled={!canCorrect}
            aria-describedby="why-not"
            onClick={correct}
          >
            {follow.correctButton}
          </Button>
          <Button
            variant="default"
            disabled={!canCancel}
            aria-describedby="why-not"
            onClick={() => setAsking(true)}
          >
            {texts.cancel}
          </Button>
        </Group>
        <Text size="sm" className="quiet" mt="xs" id="why-not">
          {[...(canCorrect ? [] : [follow.correctClosed]), ...(canCancel ? [] : [texts.cancelClosed])].join(
            ' ',
          )}
        </Text>
      </div>
      {isAsking && (
        <CancelClaim
          claim={data.claim}
          state={data.state === 'accepted' ? 'accepted' : 'received'}
          close={() => setAsking(false)}
          done={() => {
            setCancelled(true);
            reread();
          }}
        />
      )}
    </>
  );
}

function Facts({ data }: { readonly data: WholeClaim }) {
  const { claim: texts, claims } = useClaimTexts();
  const dates = useDates();
  const facts = [
    [claims.reference, data.reference ?? claims.noReference],
    [texts.receivedAt, dates.second(data.receivedAt)],
    [texts.decidedAt, data.decidedAt === null ? '–' : dates.second(data.decidedAt)],
    [texts.engagement, data.engagement ?? texts.none],
  ];
  const numbers = [
    [texts.number, data.claim],
    ...(data.replaces === null ? [] : [[texts.replaces, data.replaces]]),
  ] as const;
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="sm">
        {texts.facts}
      </Title>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {numbers.map(([name, number]) => (
          <div key={name} className="whole">
            <dt>{name}</dt>
            <dd className="number">
              {number === data.claim ? number : <Link to={`/claims/${number}`}>{number}</Link>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function History({ history }: { readonly history: WholeClaim['history'] }) {
  const { language } = useLanguage();
  const { claim: texts } = useClaimTexts();
  const dates = useDates();
  const wordsOf = (reason: string | null) =>
    reason === null || !(reason in rejections)
      ? ''
      : rejections[reason as keyof typeof rejections][language][0];
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {texts.history}
      </Title>
      <ol className="timeline">
        {history.map(({ at, state, reason }) => (
          <li key={`${at} ${state}`}>
            <span className="quiet figures">{dates.second(at)}</span> <ClaimState is={state} size="sm" />{' '}
            {wordsOf(reason)}
          </li>
        ))}
      </ol>
    </section>
  );
}
