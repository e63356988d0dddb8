import { Alert, Badge, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Standing } from '../accounts/Standing.tsx';
import { call } from '../api/call.ts';
import { LinkedPart } from '../campaigns/LinkedPart.tsx';
import { SweptPart } from '../campaigns/SweptPart.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useLanguage, useNumbers, useTexts } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { CaseCause } from './CaseCause.tsx';
import { EvidencePart } from './EvidencePart.tsx';
import { useGuardSettings } from './GuardPart.tsx';
import { type Case, type Detector, loudestOf } from './loud-detectors.ts';
import { PlacesPart } from './PlacesMap.tsx';
import { VerdictDialog } from './VerdictDialog.tsx';

/** One case: why, how much, what was done, and the two ways to end it. */
export function CasePage() {
  const { case: id = '' } = useParams();
  const { frame } = useTexts();
  const settings = useGuardSettings();
  const found = useQuery({
    queryKey: ['guard', 'case', id],
    queryFn: async () => (await call('GET /v1/guard/cases/{case}', { path: { case: id } })).body,
    refetchInterval: 10_000,
  });
  const [said, say] = useState('');
  if (found.isError) return <ProblemNotice error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return <Text>{frame.loading}</Text>;
  const one = found.data;
  const detectors = settings.data?.detectors ?? [];
  return (
    <Stack gap="lg">
      <Head one={one} />
      <div aria-live="polite">{said !== '' && <Alert color="accent" title={said} />}</div>
      <section className="sheet">
        <Why one={one} detectors={detectors} />
        {one.state === 'open' && <Verdicts one={one} say={say} />}
      </section>
      <EvidencePart key={one.id} of={one} detectors={detectors} />
      <PlacesPart id={one.id} />
      {one.campaign !== null && <LinkedPart campaign={String(one.campaign)} account={one.account} />}
      {one.state === 'confirmed' && <SweptPart of={one.id} />}
      <Steps steps={one.steps} />
    </Stack>
  );
}

function Head({ one }: { readonly one: Case }) {
  const texts = useGuardTexts();
  const professionName = useProfessionName();
  return (
    <div>
      <Link to="/guard">{texts.case.back}</Link>
      <Group mt="xs">
        <Title order={1} size="h2">
          {texts.case.title(one.id)}
        </Title>
        <Standing is={one.standing} />
        <Badge variant="outline" color={one.state === 'open' ? 'attention' : 'gray'} tt="none">
          {texts.states[one.state]}
        </Badge>
        {one.isShadow && (
          <Badge variant="outline" color="gray" tt="none">
            {texts.shadow}
          </Badge>
        )}
      </Group>
      <Text>
        <Link to={`/accounts/${one.account}`}>{texts.case.of(one.account)}</Link> ·{' '}
        {professionName(one.profession)}
      </Text>
    </div>
  );
}

function Why({ one, detectors }: { readonly one: Case; readonly detectors: readonly Detector[] }) {
  const { case: texts } = useGuardTexts();
  const { language } = useLanguage();
  const dates = useDates();
  const number = useNumbers();
  const loudest = loudestOf(one.points, detectors);
  const facts = [
    [texts.peopleBefore, number(one.peopleBefore)],
    [texts.peopleSince, number(one.peopleSince)],
    [texts.opened, dates.second(one.openedAt)],
    ...(one.state === 'open'
      ? [[texts.expires, one.expiresAt === null ? texts.never : dates.instant(one.expiresAt)]]
      : []),
  ];
  return (
    <>
      <Title order={2} size="h4" mb="xs">
        {texts.why}
      </Title>
      <CaseCause of={one} />
      {!one.isHoney && loudest.length > 0 && (
        <>
          <Text fw={600}>{one.ledBy === 'own' ? texts.strongest : texts.strongestAlone}</Text>
          <List mb="sm">
            {loudest.map(({ place, detector, most }) => (
              <List.Item key={place}>
                {detector[language]} ({number(most, 1)} bits)
              </List.Item>
            ))}
          </List>
        </>
      )}
      <dl className="facts">
        {facts.map(([head, value]) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Verdicts({ one, say }: { readonly one: Case; readonly say: (said: string) => void }) {
  const { case: texts } = useGuardTexts();
  const [verdict, setVerdict] = useState<'undo' | 'confirm' | null>(null);
  return (
    <Group mt="md">
      <Button variant="outline" onClick={() => setVerdict('undo')}>
        {texts.undo}
      </Button>
      <Button variant="outline" color="danger" onClick={() => setVerdict('confirm')}>
        {one.standing === 'suspended' && !one.isShadow ? texts.confirmKept : texts.confirm}
      </Button>
      {verdict !== null && (
        <VerdictDialog of={one} verdict={verdict} close={() => setVerdict(null)} done={say} />
      )}
    </Group>
  );
}

function Steps({ steps }: { readonly steps: Case['steps'] }) {
  const { case: texts, ledBy: causes } = useGuardTexts();
  const { accounts } = useTexts();
  const dates = useDates();
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {texts.steps}
      </Title>
      <List type="ordered" spacing="xs">
        {steps.map(({ what, at, from, to, by, because, entry, ledBy, why }) => (
          <List.Item key={`${at} ${what} ${to}`}>
            <Text span fw={600}>
              {texts.whats[what]}
            </Text>{' '}
            {texts.fromTo(accounts.standings[from], accounts.standings[to])}
            <Text size="sm" className="quiet">
              {[
                dates.second(at),
                by === 0 ? texts.byGuard : texts.by(by),
                ...(ledBy === null || ledBy === 'own' ? [] : [causes[ledBy]]),
                ...(because === null ? [] : [texts.because(because)]),
                ...(entry === null ? [] : [texts.wrote(entry)]),
              ].join(' · ')}
            </Text>
            {why !== '' && <Text className="breaks">{why}</Text>}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
