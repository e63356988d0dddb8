import { List, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Standing } from '../accounts/Standing.tsx';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates } from '../texts/language.tsx';
import { nothing } from './use-cases.ts';

/** What the guard did to one account, the newest first, with the way to each case. */
export function AccountCases({ account }: { readonly account: number }) {
  const texts = useGuardTexts();
  const dates = useDates();
  const found = useQuery({
    queryKey: ['guard', 'cases', account],
    queryFn: async () => (await call('GET /v1/guard/cases', { query: { account: String(account) } })).body,
  });
  const { cases: listed, counts } = found.data ?? nothing;
  const all = counts.open + counts.watching + counts.ended;
  const cases = listed.toSorted((one, other) => Number(other.id) - Number(one.id));
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {texts.ofAccount.title}
      </Title>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data?.cases.length === 0 && <Text>{texts.ofAccount.nothing}</Text>}
      {all > cases.length && <Text mb="xs">{texts.newestOf(cases.length, all)}</Text>}
      <List spacing="xs" listStyleType="none">
        {cases.map(({ id, standing, state, isShadow, openedAt, closedAt }) => (
          <List.Item key={id}>
            <Standing is={standing} /> <Link to={`/guard/cases/${id}`}>{texts.case.title(id)}</Link>
            <Text span className="quiet">
              {' '}
              {[
                dates.instant(openedAt),
                `${texts.states[state]}${closedAt === null ? '' : ` ${dates.instant(String(closedAt))}`}`,
                ...(isShadow ? [texts.ofAccount.shadow] : []),
              ].join(' · ')}
            </Text>
          </List.Item>
        ))}
      </List>
    </section>
  );
}
