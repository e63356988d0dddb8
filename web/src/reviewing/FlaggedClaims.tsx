import { Alert, Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { GoneWhenIdle } from '../frame/GoneWhenIdle.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { TableHead } from '../frame/TableHead.tsx';
import { useEuros, useInsurerTexts } from '../texts/insurer.ts';
import { useDates, useLanguage } from '../texts/language.tsx';
import { ClaimBadge } from './ClaimBadge.tsx';
import { toldOnce } from './once.ts';

type Page = Api['GET /v1/flagged-claims']['answer'];
type Told = NonNullable<Page['claims'][number]['told']>;

/** Claims that one's insurer has a reason to look at. Opening this page is looking at their people. */
export function FlaggedClaims() {
  const { flagged: texts } = useInsurerTexts();
  return (
    <Stack>
      <div>
        <Title order={1} size="h2">
          {texts.title}
        </Title>
        <Text>{texts.says}</Text>
        <Text size="sm" className="quiet">
          {texts.recorded}
        </Text>
      </div>
      <GoneWhenIdle>
        <FlaggedList />
      </GoneWhenIdle>
    </Stack>
  );
}

function FlaggedList() {
  const { flagged: texts } = useInsurerTexts();
  const [address, setAddress] = useSearchParams();
  const after = address.get('after');
  const found = useQuery({
    queryKey: ['flagged-claims', after],
    queryFn: async () =>
      (await call('GET /v1/flagged-claims', { query: after === null ? {} : { after } })).body,
    ...toldOnce,
  });
  if (found.isError) return <ProblemNotice error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return null;
  const { claims, next } = found.data;
  const told = claims.flatMap(({ told: one }) => one ?? []);
  return (
    <>
      <Allowance page={found.data} />
      {claims.length === 0 && <Text className="sheet">{texts.none}</Text>}
      {told.length > 0 && <FlaggedTable claims={told} />}
      <Group>
        {after !== null && (
          <Button variant="default" onClick={() => setAddress({})}>
            {texts.first}
          </Button>
        )}
        {next !== null && (
          <Button variant="default" onClick={() => setAddress({ after: next })}>
            {texts.next}
          </Button>
        )}
        <Button variant="default" onClick={() => void found.refetch()} loading={found.isFetching}>
          {texts.refresh}
        </Button>
      </Group>
    </>
  );
}

/** What may still be shown; why something is not, and what gives it back. */
function Allowance({ page: { claims, left } }: { readonly page: Page }) {
  const { flagged: texts } = useInsurerTexts();
  const withheld = claims.filter(({ told }) => told === null).length;
  if (withheld > 0) {
    return (
      <Alert color="attention" title={texts.withheld(withheld)}>
        {texts.givesBack}
      </Alert>
    );
  }
  if (left === null || left > 10) return null;
  return (
    <Text size="sm">
      {texts.left(left)} {texts.givesBack}
    </Text>
  );
}

function FlaggedTable({ claims }: { readonly claims: readonly Told[] }) {
  const { flagged: texts } = useInsurerTexts();
  const heads = [texts.reasons, texts.care, texts.own, texts.organisation, texts.state, texts.seen];
  return (
    <div className="sheet">
      <Table verticalSpacing="sm" className="stacks" aria-label={texts.list}>
        <TableHead heads={heads}>
          <Table.Td />
        </TableHead>
        <Table.Tbody>
          {claims.map((claim) => (
            <FlaggedRow key={claim.claim} claim={claim} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function FlaggedRow({ claim }: { readonly claim: Told }) {
  const { flagged: texts, kinds } = useInsurerTexts();
  const { language } = useLanguage();
  const dates = useDates();
  const euros = useEuros();
  const day = dates.day(claim.careDate);
  return (
    <Table.Tr>
      <Table.Td data-head={texts.reasons} fw={claim.seenAt === null ? 650 : 400}>
        {claim.signals.map((signal) => (
          <div key={signal.signal}>{signal[language]}</div>
        ))}
      </Table.Td>
      <Table.Td data-head={texts.care}>
        {day}
        <br />
        <Text span size="sm" className="quiet">
          {claim.kinds.map((kind) => kinds[kind]).join(', ')}
        </Text>
      </Table.Td>
      <Table.Td data-head={texts.own} className="figures">
        {claim.ownCents === null ? texts.nothing : euros(claim.ownCents)}
      </Table.Td>
      <Table.Td data-head={texts.organisation}>{texts.organisationOf(claim.organisation)}</Table.Td>
      <Table.Td data-head={texts.state}>
        <ClaimBadge state={claim.state} />
      </Table.Td>
      <Table.Td data-head={texts.seen}>
        {claim.seenAt === null ? (
          <Badge color="attention" variant="filled" tt="none">
            {texts.toSee}
          </Badge>
        ) : (
          texts.seenBy(dates.instant(claim.seenAt), claim.seenBy ?? 0)
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Link to={`/flagged-claims/${claim.claim}`} aria-label={texts.openOf(day, claim.organisation)}>
          {texts.open}
        </Link>
      </Table.Td>
    </Table.Tr>
  );
}
