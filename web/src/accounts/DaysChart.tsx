import { Table, Text, Title } from '@mantine/core';
import type { Api } from '../api/types.d.ts';
import { useDates, useTexts } from '../texts/language.tsx';

type Day = Api['GET /v1/accounts/{account}']['answer']['days'][number];
const high = 80;

/** New people a day over 30 days, the explained ones filled; the numbers are in a table one click away. */
export function DaysChart({ days }: { readonly days: readonly Day[] }) {
  const { account } = useTexts();
  const dates = useDates();
  const most = Math.max(1, ...days.map(({ drawn }) => drawn));
  const whole = lastDays(days);
  return (
    <>
      <Title order={3} size="h5" mt="md" mb="xs">
        {account.days}
      </Title>
      {days.length === 0 ? (
        <Text>{account.daysEmpty}</Text>
      ) : (
        <>
          <svg
            viewBox={`0 0 300 ${high + 2}`}
            role="img"
            aria-label={account.days}
            className="days"
            preserveAspectRatio="none"
          >
            {whole.map(({ day, drawn, explained }, place) => (
              <g key={day} transform={`translate(${place * 10} 0)`}>
                <title>{`${dates.day(day)} : ${drawn}`}</title>
                <rect x={1} width={8} y={high - (high * drawn) / most} height={(high * drawn) / most} />
                <rect
                  className="explained"
                  x={1}
                  width={8}
                  y={high - (high * explained) / most}
                  height={(high * explained) / most}
                />
              </g>
            ))}
            <line x1={0} x2={300} y1={high + 1} y2={high + 1} />
          </svg>
          <Text size="sm" className="quiet">
            {account.highest(most)}
          </Text>
          <DaysTable days={days} />
        </>
      )}
    </>
  );
}

function DaysTable({ days }: { readonly days: readonly Day[] }) {
  const { account } = useTexts();
  const dates = useDates();
  return (
    <details>
      <summary>{account.asTable}</summary>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {[account.day, account.drawn, account.explained, account.present].map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map(({ day, drawn, explained, present }) => (
            <Table.Tr key={day}>
              <Table.Th scope="row">{dates.day(day)}</Table.Th>
              <Table.Td>{drawn}</Table.Td>
              <Table.Td>{explained}</Table.Td>
              <Table.Td>{present}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  );
}

/** Thirty days up to the last one there is anything of, empty ones too: a gap is to be seen. */
function lastDays(days: readonly Day[]): { day: string; drawn: number; explained: number }[] {
  const byDay = new Map(days.map((one) => [one.day, one]));
  const end = Date.parse(`${days.at(-1)?.day ?? '2026-01-01'}T00:00:00Z`);
  return Array.from({ length: 30 }, (_, place) => {
    const day = new Date(end - (29 - place) * 86_400_000).toISOString().slice(0, 10);
    const { drawn = 0, explained = 0 } = byDay.get(day) ?? {};
    return { day, drawn, explained };
  });
}
