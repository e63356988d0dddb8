import { Alert, Button, Loader, Table, Text, Title } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useEuros, useInsurerTexts } from '../texts/insurer.ts';
import { useDates, useNumbers } from '../texts/language.tsx';

/** What a document would have done to last month's claims. */
export type PreviewAnswer = Api['POST /v1/plan-previews']['answer'];
/** The count, and the document it was made for. */
export type Counting = UseMutationResult<PreviewAnswer, Error, string>;

/** Counts last month's claims with the document: sums, and never of few people. */
export function Preview(props: {
  readonly counting: Counting;
  readonly document: string;
  readonly canCount: boolean;
}) {
  const { counting, document, canCount } = props;
  const { preview: texts, edit } = useInsurerTexts();
  const isStale = counting.data !== undefined && counting.variables !== document;
  return (
    <section className="sheet">
      <Title order={2} size="h4">
        {texts.title}
      </Title>
      <Text size="sm" className="quiet" mb="xs">
        {texts.says}
      </Text>
      <div aria-live="polite" aria-busy={counting.isPending}>
        {counting.isPending && (
          <Text size="sm" mb="xs">
            <Loader size="xs" mr={8} aria-hidden="true" />
            {texts.busy}
          </Text>
        )}
        {isStale && <Alert color="attention" title={texts.stale} mb="xs" />}
        {counting.data !== undefined && !counting.isPending && <Counted told={counting.data} />}
      </div>
      {counting.isError && <ProblemNotice error={counting.error} again={() => counting.mutate(document)} />}
      <Button
        variant="default"
        mt="sm"
        disabled={!canCount || counting.isPending}
        title={canCount ? undefined : edit.publishUnread}
        onClick={() => counting.mutate(document)}
      >
        {counting.data === undefined ? texts.button : texts.again}
      </Button>
    </section>
  );
}

function Counted({ told }: { readonly told: PreviewAnswer }) {
  const { preview: texts } = useInsurerTexts();
  const dates = useDates();
  const numbers = useNumbers();
  const euros = useEuros();
  const difference = useDifference();
  const { all, isTooFew, isWhole, kinds, peoplePayLess, peoplePayMore, decidedSince } = told;
  if (isTooFew) return <Alert color="gray" title={texts.tooFew} />;
  if (all.claims === 0) return <Text>{texts.none}</Text>;
  const people = (count: number | null) =>
    count === null ? texts.fewPeople : texts.people(numbers(count), count);
  return (
    <>
      <dl className="facts">
        <Fact name={texts.before} value={euros(all.beforeCents)} />
        <Fact name={texts.after} value={all.afterCents === null ? texts.few : euros(all.afterCents)} />
        <Fact name={texts.difference} value={difference(all)} />
        <Fact name={texts.less} value={people(peoplePayLess)} />
        <Fact name={texts.more} value={people(peoplePayMore)} />
      </dl>
      {all.afterCents === null && <Text size="sm">{texts.fewWhy}</Text>}
      <Bars kinds={kinds} />
      <Figures kinds={kinds} />
      <Text size="sm" className="quiet">
        {texts.counted(numbers(all.claims), numbers(all.acts), dates.day(decidedSince))}{' '}
        {!isWhole && texts.newest} {texts.rules}
      </Text>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

type Sums = Pick<PreviewAnswer['all'], 'beforeCents' | 'afterCents'>;

/** How a difference is said: with its sign, and as a share of what was. */
export function useDifference(): (sums: Sums) => string {
  const { preview: texts } = useInsurerTexts();
  const euros = useEuros();
  const numbers = useNumbers();
  return ({ beforeCents, afterCents }) => {
    if (afterCents === null) return texts.few;
    const difference = afterCents - beforeCents;
    const sign = difference < 0 ? '−' : '+';
    const share =
      beforeCents === 0 ? '' : ` (${sign}${numbers(Math.abs((100 * difference) / beforeCents), 1)} %)`;
    return difference === 0 ? euros(0) : `${euros(difference, 'signed')}${share}`;
  };
}

/** Two bars a kind of care, as before and by the document. */
function Bars({ kinds }: { readonly kinds: PreviewAnswer['kinds'] }) {
  const { preview: texts, kinds: names } = useInsurerTexts();
  const most = Math.max(1, ...kinds.flatMap(({ beforeCents, afterCents }) => [beforeCents, afterCents ?? 0]));
  const width = (cents: number) => ({ width: `${(100 * cents) / most}%` });
  return (
    <figure className="month" aria-label={texts.chart}>
      <figcaption>
        <span className="key before" /> {texts.before} <span className="key after" /> {texts.after}
      </figcaption>
      {kinds.map(({ kind, beforeCents, afterCents }) => (
        <div key={kind} className="month-kind" aria-hidden="true">
          <span>{names[kind]}</span>
          <span>
            <span className="bar before" style={width(beforeCents)} />
            <span className="bar after" style={width(afterCents ?? 0)} />
          </span>
        </div>
      ))}
    </figure>
  );
}

function Figures({ kinds }: { readonly kinds: PreviewAnswer['kinds'] }) {
  const { preview: texts, kinds: names } = useInsurerTexts();
  const numbers = useNumbers();
  const euros = useEuros();
  const heads = [texts.claims, texts.acts, texts.before, texts.after, texts.difference];
  return (
    <details>
      <summary>{texts.asTable}</summary>
      <Table verticalSpacing={4} className="stacks paid" aria-label={texts.chart}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{texts.kind}</Table.Th>
            {heads.map((head) => (
              <Table.Th key={head} scope="col" className="amount">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {kinds.map(({ kind, claims, acts, beforeCents, afterCents }) => {
            const after = afterCents === null ? texts.few : euros(afterCents);
            const more = afterCents === null ? texts.few : euros(afterCents - beforeCents, 'signed');
            const cells = [numbers(claims), numbers(acts), euros(beforeCents), after, more];
            return (
              <Table.Tr key={kind}>
                <Table.Th scope="row" fw={500}>
                  {names[kind]}
                </Table.Th>
                {cells.map((cell, at) => (
                  <Table.Td key={heads[at]} className="amount" data-head={heads[at]}>
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </details>
  );
}
