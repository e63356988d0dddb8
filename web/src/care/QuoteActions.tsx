import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts } from '../texts/claims.ts';
import { useDates } from '../texts/language.tsx';
import { EngagementSheet } from './EngagementSheet.tsx';
import type { Desk } from './use-care-desk.ts';

/** What can be done with a quote: printed, promised, invoiced; each that cannot says why. */
export function QuoteActions({ desk }: { readonly desk: Desk }) {
  const { quote: texts } = useClaimTexts();
  const dates = useDates();
  const queries = useQueryClient();
  const engage = useMutation({
    mutationFn: async (quote: string) =>
      (await call('POST /v1/quotes/{quote}/engagement', { path: { quote } })).body,
    onSuccess: desk.setPromised,
    onSettled: () => queries.invalidateQueries({ queryKey: ['own'] }),
    gcTime: 0,
  });
  const { promised } = desk;
  const quote = desk.quote.now?.body ?? null;
  const whyNot =
    quote === null
      ? 'wait'
      : quote.reason !== 'covered'
        ? 'not-covered'
        : quote.canBeEngaged
          ? null
          : 'not-equipment';
  const isReady = quote !== null || promised !== null;
  return (
    <Stack gap="sm">
      {promised !== null && (
        <EngagementSheet engagement={promised} cancelled={() => desk.setPromised(null)} />
      )}
      {promised === null && (
        <>
          <Button
            disabled={whyNot !== null}
            loading={engage.isPending}
            aria-describedby="engage-says"
            onClick={() => quote !== null && engage.mutate(quote.quote)}
          >
            {texts.engage}
          </Button>
          <Text size="sm" className="quiet" id="engage-says">
            {whyNot === null ? texts.engageSays : texts.why[whyNot]}
          </Text>
        </>
      )}
      {engage.isError && <ProblemNotice error={engage.error} />}
      <Button
        // What is never promised is invoiced next, and so is what was promised.
        variant={promised === null && whyNot !== 'not-equipment' ? 'default' : 'filled'}
        onClick={() => desk.setMode('claim')}
      >
        {texts.claim}
      </Button>
      <Button variant="default" disabled={!isReady} onClick={() => window.print()}>
        {texts.print}
      </Button>
      {promised === null && quote !== null && (
        <Text size="sm" className="quiet">
          {texts.validUntil(dates.day(quote.validUntil))}
        </Text>
      )}
    </Stack>
  );
}
