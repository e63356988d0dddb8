import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { Standing } from '../accounts/Standing.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useNumbers } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { GuardPart } from './GuardPart.tsx';
import { type Case, type CasePart, nothing, useCases } from './use-cases.ts';

/** What needs an officer now, the strongest evidence first; then what was only watched, and what is over. */
export function Cases() {
  const texts = useGuardTexts();
  const { found, showMore } = useCases();
  const { cases, counts, next, trouble } = found.data ?? nothing;
  const now = cases.filter(({ state, isShadow }) => state === 'open' && !isShadow);
  const watched = cases.filter(({ state, isShadow }) => state === 'open' && isShadow);
  const past = cases.filter(({ state }) => state !== 'open');
  const error = found.error ?? trouble;
  const more = (part: CasePart) => ({
    of: counts[part],
    showMore: next[part] === null ? null : () => showMore(part),
    isComing: found.isPlaceholderData,
  });
  return (
    <GuardPart title={texts.title} says={texts.says}>
      {error !== null && <ProblemNotice error={error} again={() => void found.refetch()} />}
      {found.data !== undefined && (
        <>
          <Part title={texts.now} cases={now} {...more('open')} empty={texts.nothingNow} />
          {watched.length > 0 && (
            <Part title={texts.watched} says={texts.watchedSays} cases={watched} {...more('watching')} />
          )}
          <Part title={texts.past} cases={past} {...more('ended')} empty={texts.nothingPast} hasStates />
        </>
      )}
    </GuardPart>
  );
}

function Part(props: {
  readonly title: string;
  readonly says?: string;
  readonly empty?: string;
  readonly cases: readonly Case[];
  /** How many there are of them; more than are listed, where a theft met a crowd of accounts. */
  readonly of: number;
  /** Lists the next of them; null when all are listed. */
  readonly showMore: (() => void) | null;
  readonly isComing: boolean;
  readonly hasStates?: boolean;
}) {
  const { title, says, empty, cases, of, showMore, isComing, hasStates = false } = props;
  const texts = useGuardTexts();
  const columns = useColumns(hasStates);
  const tellCut = hasStates ? texts.newestOf : texts.strongestOf;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {says !== undefined && <Text mb="xs">{says}</Text>}
      <div aria-live="polite">{of > cases.length && <Text mb="xs">{tellCut(cases.length, of)}</Text>}</div>
      {cases.length === 0 ? (
        <Text className="sheet">{empty}</Text>
      ) : (
        <SortableTable columns={columns} rows={cases} rowKey={({ id }) => id} label={title} minWidth={640} />
      )}
      {showMore !== null && (
        <Group my="xs">
          <Button
            variant="default"
            onClick={showMore}
            // Disabled, it would lose the focus.
            aria-disabled={isComing}
            {...(isComing ? { 'data-disabled': true } : {})}
            aria-label={texts.moreOf(title)}
          >
            {texts.more}
          </Button>
          <Text size="sm" className="quiet">
            {texts.shownOf(cases.length, of)}
          </Text>
        </Group>
      )}
    </section>
  );
}

/** The evidence in bits, and of whom it is; where there was none, what led to the case instead. */
function Evidence({ of: { bits, isHoney, ledBy } }: { readonly of: Case }) {
  const texts = useGuardTexts();
  const number = useNumbers();
  if (isHoney) return texts.honey;
  if (ledBy === 'own') return texts.bits(number(bits, 1));
  if (ledBy === 'sweep') return <Link to="/guard/sweeps">{texts.ledBy.sweep}</Link>;
  if (ledBy === 'person') return texts.ledBy.person;
  return (
    <>
      {texts.bits(number(bits, 1))}{' '}
      <Text span size="sm" className="quiet">
        {texts.ledBy[ledBy]}
      </Text>
    </>
  );
}

/** What decides first, for a narrow screen shows no more; how a case stands, where it differs. */
function useColumns(hasStates: boolean): Column<Case>[] {
  const texts = useGuardTexts();
  const dates = useDates();
  const professionName = useProfessionName();
  const { heads } = texts;
  const columns: Column<Case>[] = [
    {
      ...{ key: 'case', head: heads.case, sortBy: ({ id }) => Number(id) },
      cell: ({ id }) => (
        <Link to={`/guard/cases/${id}`} aria-label={texts.open(id)}>
          {id}
        </Link>
      ),
    },
    {
      ...{ key: 'step', head: heads.step, sortBy: ({ standing }) => standing },
      cell: ({ standing }) => <Standing is={standing} />,
    },
    {
      ...{ key: 'evidence', head: heads.evidence, sortBy: ({ bits, isHoney }) => (isHoney ? 1000 : bits) },
      cell: (one) => <Evidence of={one} />,
    },
    {
      ...{ key: 'opened', head: heads.opened, sortBy: ({ openedAt }) => openedAt },
      cell: ({ openedAt }) => dates.instant(openedAt),
    },
    {
      ...{ key: 'account', head: heads.account, sortBy: ({ account }) => account },
      cell: ({ account }) => <Link to={`/accounts/${account}`}>{account}</Link>,
    },
    {
      ...{ key: 'profession', head: heads.profession },
      sortBy: ({ profession }) => professionName(profession),
      cell: ({ profession }) => professionName(profession),
    },
  ];
  if (!hasStates) return columns;
  return [
    ...columns,
    {
      ...{ key: 'state', head: heads.state, sortBy: ({ state }) => state },
      cell: ({ state, isShadow }) => (
        <>
          {texts.states[state]}{' '}
          {isShadow && (
            <Badge variant="outline" color="gray" tt="none">
              {texts.shadow}
            </Badge>
          )}
        </>
      ),
    },
  ];
}
