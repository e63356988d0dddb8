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
  const { promised } = desk;
  const quote = desk.quote.now?.body ?? null;
  const isReady = quote !== null || promised !== null;
  return (
    <Stack gap="sm">
      {promised === null ? (
        <PromiseButton desk={desk} />
      ) : (
        <EngagementSheet engagement={promised} cancelled={() => desk.setPromised(null)} />
      )}
      <Button
        // What is never promised is invoiced next, and so is what was promised.
        variant={promised === null && whyNotOf(desk) !== 'not-equipment' ? 'default' : 'filled'}
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

/** Why a quote cannot be promised, or null. */
function whyNotOf({ quote }: Desk) {
  const told = quote.now?.body;
  if (told === undefined) return 'wait';
  if (told.reason !== 'covered') return 'not-covered';
  return told.canBeEngaged ? null : 'not-equipment';
}

function PromiseButton({ desk }: { readonly desk: Desk }) {
  const { quote: texts } = useClaimTexts();
  const queries = useQueryClient();
  const engage = useMutation({
    mutationFn: async (quote: string) =>
      (await call('POST /v1/quotes/{quote}/engagement', { path: { quote } })).body,
    onSuccess: desk.setPromised,
    onSettled: () => queries.invalidateQueries({ queryKey: ['own'] }),
    gcTime: 0,
  });
  const whyNot = whyNotOf(desk);
  const quote = desk.quote.now?.body.quote;
  return (
    <>
      <Button
        disabled={whyNot !== null}
        loading={engage.isPending}
        aria-describedby="engage-says"
        onClick={() => quote !== undefined && engage.mutate(quote)}
      >
        {texts.engage}
      </Button>
      <Text size="sm" className="quiet" id="engage-says">
        {whyNot === null ? texts.engageSays : texts.why[whyNot]}
      </Text>
      {engage.isError && <ProblemNotice error={engage.error} />}
    </>
  );
}
