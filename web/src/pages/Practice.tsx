import { Badge, Button, Group, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { findProfession } from '../../../src/modules/rights/professions.ts';
import { call } from '../api/call.ts';
import type { Session } from '../api/session.ts';
import { TableHead } from '../frame/TableHead.tsx';
import { useLanguage, useNumbers } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';

const figures = [
  'cap',
  'openingBalance',
  'renewalPerDay',
  'usualNewPeoplePerDay',
  'peoplePerDayMax',
] as const;

/** Where one works, as what, and in which language. */
export function Practice({ session }: { readonly session: Session }) {
  const { language, texts, speak } = useLanguage();
  const nameOf = useProfessionName();
  const { practice, roles } = texts;
  const { organisation, role, profession } = session;
  const facts = [
    [practice.organisation, organisation.name],
    [practice.role, roles[role]],
    ...(role === 'professional' ? [[practice.profession, nameOf(profession)]] : []),
  ];
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="sm">
        {practice.title}
      </Title>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text size="sm" className="quiet" mt="sm">
        {practice.whoChanges}
      </Text>
      <Group mt="sm" gap="xs" role="group" aria-label={practice.language}>
        <Text>{practice.language}</Text>
        {(['fr', 'en'] as const).map((each) => (
          <Button
            key={each}
            lang={each}
            size="compact-md"
            variant={each === language ? 'filled' : 'default'}
            aria-pressed={each === language}
            onClick={() => speak(each)}
          >
            {practice.languages[each]}
          </Button>
        ))}
      </Group>
    </section>
  );
}

/** What the account may draw: each figure, its profession's, why it is so, and how sure that is. */
export function Figures({ profession }: { readonly profession: string }) {
  const { practice, see } = useLanguage().texts;
  const number = useNumbers();
  const own = useQuery({
    queryKey: ['own', 'allowance'],
    queryFn: async () => (await call('GET /v1/allowance')).body,
  });
  const table = findProfession(profession)?.figures;
  if (table === undefined || own.data === undefined) return null;
  const mine: Partial<Record<(typeof figures)[number], number>> = own.data;
  const written = (value: number | undefined) => (value === undefined ? '–' : number(value));
  return (
    <section className="sheet">
      <Title order={2} size="h4">
        {practice.figures}
      </Title>
      <Text mb="xs">{practice.figuresSay}</Text>
      <Table verticalSpacing="xs" className="stacks" aria-label={practice.figures}>
        <TableHead heads={[practice.figure, practice.mine, practice.ofProfession, practice.why]} />
        <Table.Tbody>
          {figures.map((figure) => (
            <Table.Tr key={figure}>
              <Table.Th scope="row" fw={500}>
                {practice.names[figure]}
              </Table.Th>
              <Table.Td data-head={practice.mine}>{written(mine[figure])}</Table.Td>
              <Table.Td data-head={practice.ofProfession}>{number(table[figure].value)}</Table.Td>
              <Table.Td>
                {practice.reasons[figure]}{' '}
                <Badge variant="outline" color="gray" tt="none">
                  {practice.marks[table[figure].mark]}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text mt="sm">
        <Link to="/what-you-see">{see.title}</Link>
      </Text>
    </section>
  );
}
