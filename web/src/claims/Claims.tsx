import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { writeCsv } from '../accounts/write-csv.ts';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { GoneWhenIdle } from '../frame/GoneWhenIdle.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useClaimTexts } from '../texts/claims.ts';
import { ClaimTable } from './ClaimTable.tsx';

type Answer = Api['GET /v1/claims']['answer'];
type Query = Api['GET /v1/claims']['query'];
/** A claim in the list. */
export type ListedClaim = NonNullable<Answer['claims'][number]['told']>;

/** The states one may ask for; contested ones are found among all. */
const states = ['received', 'accepted', 'rejected', 'cancelled', 'contested'] as const;

/** The claims of this account. Each look is recorded claim by claim, so nothing is read again by itself. */
export function Claims() {
  const { claims: texts } = useClaimTexts();
  return (
    <Stack>
      <div>
        <Title order={1} size="h2">
          {texts.title}
        </Title>
        <Text>{texts.says}</Text>
      </div>
      <GoneWhenIdle>
        <List />
      </GoneWhenIdle>
    </Stack>
  );
}

function List() {
  const { claims: texts } = useClaimTexts();
  const [address, setAddress] = useSearchParams();
  const query = queryOf(address);
  const found = useQuery({
    queryKey: ['claims', query],
    queryFn: async () => (await call('GET /v1/claims', { query })).body,
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false },
    refetchOnReconnect: false,
    placeholderData: keepPreviousData,
  });
  const change = (next: Query) =>
    setAddress(Object.entries(next).filter(([, value]) => value !== undefined && value !== ''));
  const told = (found.data?.claims ?? []).flatMap(({ told: one }) => one ?? []);
  const withheld = (found.data?.claims.length ?? 0) - told.length;
  return (
    <>
      <Filter query={query} change={change} refresh={() => void found.refetch()} />
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {withheld > 0 && <Text className="sheet">{texts.withheld(withheld)}</Text>}
      {found.data?.claims.length === 0 && (
        <Text className="sheet">{query.state === undefined ? texts.none : texts.empty}</Text>
      )}
      {told.length > 0 && <ClaimTable claims={told} reread={() => void found.refetch()} />}
      <Group>
        {query.after !== undefined && (
          <Button variant="default" onClick={() => change({ ...query, after: '' })}>
            {texts.first}
          </Button>
        )}
        {found.data?.next && (
          <Button variant="default" onClick={() => change({ ...query, after: found.data.next ?? '' })}>
            {texts.next}
          </Button>
        )}
        {told.length > 0 && <CopyCsv claims={told} />}
      </Group>
    </>
  );
}

/** What the server is asked stands in the address: states and places in a list, and nobody. */
function queryOf(address: URLSearchParams): Query {
  const state = states.find((one) => one === address.get('state'));
  const after = address.get('after') ?? '';
  return { ...(state === undefined ? {} : { state }), ...(after === '' ? {} : { after }) };
}

function Filter(props: {
  readonly query: Query;
  readonly change: (next: Query) => void;
  readonly refresh: () => void;
}) {
  const { query, change, refresh } = props;
  const { claims: texts, follow } = useClaimTexts();
  return (
    <Group align="flex-end" className="sheet">
      <NativeSelect
        label={texts.filter}
        value={query.state ?? ''}
        data={[
          { value: '', label: texts.every },
          ...states.map((value) => ({ value, label: follow.states[value] })),
        ]}
        onChange={(event) => change({ state: event.currentTarget.value as NonNullable<Query['state']> })}
      />
      <Button variant="default" onClick={refresh}>
        {texts.refresh}
      </Button>
    </Group>
  );
}

function CopyCsv({ claims }: { readonly claims: readonly ListedClaim[] }) {
  const { claims: texts } = useClaimTexts();
  const clipboard = useClipboard({ timeout: 2000 });
  const copy = () =>
    clipboard.copy(
      writeCsv(
        claims.map(({ rejection, totals, ...one }) => ({
          ...one,
          reason: rejection?.reason ?? null,
          mandatoryGrossCents: totals?.mandatoryGrossCents ?? null,
          complementaryCents: totals?.complementaryCents ?? null,
          personCents: totals?.personCents ?? null,
        })),
      ),
    );
  return (
    <Button variant="subtle" onClick={copy}>
      {clipboard.copied ? texts.copied : texts.csv}
    </Button>
  );
}
