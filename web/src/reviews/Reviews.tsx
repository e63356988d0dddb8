import { Alert, Badge, Button, Menu, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { emergencyReasons } from '../../../src/modules/rights/emergency-reasons.ts';
import { explanationReasons } from '../../../src/modules/rights/explanation-reasons.ts';
import { reviewReasons } from '../../../src/modules/rights/reviews/review-reasons.ts';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { TableHead } from '../frame/TableHead.tsx';
import { useDates, useLanguage } from '../texts/language.tsx';

type Waiting = Api['GET /v1/reviews']['answer']['reviews'][number];
type Verdict = Api['POST /v1/reviews/{entry}']['body'] & { readonly entry: string };

const givenReasons = { ...emergencyReasons, ...explanationReasons };

/** What waits for a review, without the people: the emergencies first. */
export function Reviews() {
  const { reviews: texts } = useLanguage().texts;
  const queries = useQueryClient();
  const waiting = useQuery({
    queryKey: ['reviews'],
    queryFn: async () => (await call('GET /v1/reviews')).body.reviews,
    // Somebody may be waiting for a word from the officer who has this page open.
    refetchInterval: 15_000,
  });
  const decide = useMutation({
    mutationFn: async ({ entry, why }: Verdict) =>
      (await call('POST /v1/reviews/{entry}', { path: { entry }, body: { why } })).body,
    onSettled: () => queries.invalidateQueries({ queryKey: ['reviews'] }),
  });
  const { data } = decide;
  const back = data?.isCharged ? texts.takenBack : texts.nothingBack;
  const said = data === undefined ? '' : data.takenBack === null ? texts.accepted : back(data.takenBack);
  return (
    <Stack>
      <Title order={1} size="h2">
        {texts.title}
      </Title>
      <Text>{texts.says}</Text>
      <div aria-live="polite">{said !== '' && <Alert color="accent" title={said} />}</div>
      {decide.isError && <ProblemNotice error={decide.error} />}
      {waiting.isError && <ProblemNotice error={waiting.error} again={() => void waiting.refetch()} />}
      {waiting.data?.length === 0 && <Text className="sheet">{texts.empty}</Text>}
      {waiting.data !== undefined && waiting.data.length > 0 && (
        <WaitingTable waiting={waiting.data} isBusy={decide.isPending} decide={decide.mutate} />
      )}
    </Stack>
  );
}

type Deciding = { readonly isBusy: boolean; readonly decide: (verdict: Verdict) => void };

function WaitingTable({ waiting, ...deciding }: Deciding & { readonly waiting: readonly Waiting[] }) {
  const { language, texts } = useLanguage();
  const { reviews } = texts;
  const dates = useDates();
  const heads = [
    ...[reviews.kind, reviews.reason, reviews.account, reviews.at],
    ...[reviews.claim, reviews.entry, reviews.verdict],
  ];
  return (
    <Table.ScrollContainer type="native" tabIndex={0} minWidth={820} className="sheet">
      <Table verticalSpacing="xs">
        <TableHead heads={heads} />
        <Table.Tbody>
          {waiting.map((one) => (
            <Table.Tr key={one.entry}>
              <Table.Td>
                <Badge
                  color={one.kind === 'break-glass' ? 'attention' : 'gray'}
                  variant={one.kind === 'break-glass' ? 'filled' : 'outline'}
                  tt="none"
                  miw="max-content"
                >
                  {reviews.kinds[one.kind]}
                </Badge>
              </Table.Td>
              <Table.Td>{givenReasons[one.reason][language]}</Table.Td>
              <Table.Td>
                <Link to={`/accounts/${one.account}`}>{one.account}</Link>
              </Table.Td>
              <Table.Td>{dates.instant(one.at)}</Table.Td>
              <Table.Td>{one.claimFollowed ? reviews.followed : reviews.none}</Table.Td>
              <Table.Td>{one.entry.replace('-', '/')}</Table.Td>
              <Table.Td>
                <Decide entry={one.entry} {...deciding} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Decide({ entry, isBusy, decide }: Deciding & { readonly entry: string }) {
  const { language, texts } = useLanguage();
  const { reviews } = texts;
  const items = (accepts: boolean) =>
    Object.entries(reviewReasons)
      .filter(([, reason]) => reason.accepts === accepts)
      .map(([why, says]) => (
        <Menu.Item key={why} onClick={() => decide({ entry, why: why as Verdict['why'] })}>
          {says[language]}
        </Menu.Item>
      ));
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" size="compact-md" disabled={isBusy}>
          {reviews.decide}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{reviews.accept}</Menu.Label>
        {items(true)}
        <Menu.Label>{reviews.refuse}</Menu.Label>
        {items(false)}
      </Menu.Dropdown>
    </Menu>
  );
}
