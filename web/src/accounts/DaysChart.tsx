import { Table, Text, Title } from '@mantine/core';
import type { Api } from '../api/types.d.ts';
import { TableHead } from '../frame/TableHead.tsx';
import { useDates, useNumbers, useTexts } from '../texts/language.tsx';

type Day = Api['GET /v1/accounts/{account}']['answer']['days'][number];
type Count = 'drawn' | 'explained' | 'lookups' | 'refused';
const high = 80;

/** Lookups and new people a day over 30 days; the numbers are in a table one click away. */
export function DaysChart({ days }: { readonly days: readonly Day[] }) {
  const { account } = useTexts();
  if (days.length === 0) return <Text mt="md">{account.daysEmpty}</Text>;
  return (
    <>
      <Bars days={days} whole="lookups" part="refused" title={account.lookups} says={account.lookupsSay} />
      <Bars days={days} whole="drawn" part="explained" title={account.days} says={account.daysSay} />
      <DaysTable days={days} />
    </>
  );
}

function Bars(props: {
  readonly days: readonly Day[];
  readonly whole: Count;
  readonly part: Count;
  readonly title: string;
  readonly says: string;
}) {
  const { days, whole, part, title, says } = props;
  const { account } = useTexts();
  const dates = useDates();
  const number = useNumbers();
  const most = Math.max(1, ...days.map((day) => Math.max(day[whole], day[part])));
  const bar = (count: number) => ({ y: high - (high * count) / most, height: (high * count) / most });
  return (
    <>
      <Title order={3} size="h5" mt="md" mb="xs">
        {title}
      </Title>
      <svg
        viewBox={`0 0 300 ${high + 2}`}
        role="img"
        aria-label={title}
        className="days"
        preserveAspectRatio="none"
      >
        {lastDays(days).map((day, place) => (
          <g key={day.day} transform={`translate(${place * 10} 0)`}>
            <title>{`${dates.day(day.day)} : ${number(day[whole])}`}</title>
            <rect x={1} width={8} {...bar(day[whole])} />
            <rect className={part} x={1} width={8} {...bar(day[part])} />
          </g>
        ))}
        <line x1={0} x2={300} y1={high + 1} y2={high + 1} />
      </svg>
      <Text size="sm" className="quiet">
        {account.highest(Math.max(...days.map((day) => day[whole])))}. {says}
      </Text>
    </>
  );
}

function DaysTable({ days }: { readonly days: readonly Day[] }) {
  const { account } = useTexts();
  const dates = useDates();
  const number = useNumbers();
  const heads = [account.looked, account.refused, account.drawn, account.explained, account.present];
  return (
    <details>
      <summary>{account.asTable}</summary>
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={520}>
        <Table aria-label={account.asTable}>
          <TableHead heads={[account.day, ...heads]} />
          <Table.Tbody>
            {days.map(({ day, lookups, refused, drawn, explained, present }) => (
              <Table.Tr key={day}>
                <Table.Th scope="row">{dates.day(day)}</Table.Th>
                <Table.Td>{number(lookups)}</Table.Td>
                <Table.Td>{number(refused)}</Table.Td>
                <Table.Td>{number(drawn)}</Table.Td>
                <Table.Td>{number(explained)}</Table.Td>
                <Table.Td>{number(present)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}

const nothing = { drawn: 0, explained: 0, lookups: 0, refused: 0 };

/** Thirty days up to the last one there is anything of, empty ones too: a gap is to be seen. */
function lastDays(days: readonly Day[]): ({ day: string } & Record<Count, number>)[] {
  const byDay = new Map(days.map((one) => [one.day, one]));
  const end = Date.parse(`${days.at(-1)?.day ?? '2026-01-01'}T00:00:00Z`);
  return Array.from({ length: 30 }, (_, place) => {
    const day = new Date(end - (29 - place) * 86_400_000).toISOString().slice(0, 10);
    return { ...nothing, ...byDay.get(day), day };
  });
}
