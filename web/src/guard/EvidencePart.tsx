import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { type Choice, EvidenceChart } from './EvidenceChart.tsx';
import { LookupCard } from './LookupCard.tsx';
import { LookupTable } from './LookupTable.tsx';
import { type Case, type CaseLookup, type Detector, loudestOf } from './loud-detectors.ts';

const noLookups: readonly CaseLookup[] = [];

/** How the evidence came about: the chart, and behind each of its points the lookup. */
export function EvidencePart(props: { readonly of: Case; readonly detectors: readonly Detector[] }) {
  const { of, detectors } = props;
  const { case: texts } = useGuardTexts();
  const behind = useQuery({
    queryKey: ['guard', 'case', of.id, 'lookups', of.points.length],
    queryFn: async () =>
      (await call('GET /v1/guard/cases/{case}/lookups', { path: { case: of.id } })).body.lookups,
  });
  const [chosen, choosePoint] = useState<number | null>(null);
  const [signal, chooseSignal] = useState<number | null>(null);
  const lookups = behind.data ?? noLookups;
  const point = chosen ?? decisiveOf(of);
  const choice: Choice = { point, signal, choosePoint, chooseSignal };
  const loudest = loudestOf(of.points, detectors);
  const lookup = lookups.find(({ entry }) => entry === of.points[point]?.entry);
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {texts.chart}
      </Title>
      {of.points.length === 0 ? (
        <Text>{texts.chartEmpty}</Text>
      ) : (
        <EvidenceChart {...{ of, loudest, lookups, choice }} />
      )}
      {behind.isError && <ProblemNotice error={behind.error} again={() => void behind.refetch()} />}
      {lookup !== undefined && <LookupCard {...{ of, lookup, detectors, choice }} />}
      {lookups.length > 0 && <LookupTable {...{ of, lookups, detectors, choice }} />}
    </section>
  );
}

/** The lookup that led to the guard's last step, or the last one. */
function decisiveOf({ points, steps }: Case): number {
  const because = steps.findLast(({ what }) => what === 'contained')?.because;
  const place = points.findIndex(({ entry }) => entry === because);
  return place >= 0 ? place : Math.max(0, points.length - 1);
}
