import { Badge, List, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useOutletContext } from 'react-router';
import { domains } from '../../../src/modules/rights/domains.ts';
import { fieldReasons } from '../../../src/modules/rights/field-reasons.ts';
import { findProfession } from '../../../src/modules/rights/professions.ts';
import type { Session } from '../api/session.ts';
import { useLanguage } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';

const shownRefusals = [
  'person-not-found',
  'allowance-spent',
  'account-challenged',
  'account-restricted',
  'account-suspended',
] as const;

/** What a lookup tells one's own profession, field by field, and why: the very tables the server applies. */
export function WhatYouSee() {
  const { language, texts } = useLanguage();
  const { see } = texts;
  const { profession } = useOutletContext<Session>();
  const nameOf = useProfessionName();
  const own = findProfession(profession)?.domains ?? [];
  const labelOf = (code: string) => domains.find((domain) => domain.code === code)?.[language] ?? code;
  const others = domains.filter(({ code }) => !own.includes(code));
  const rows = (told: boolean) =>
    fieldReasons
      .filter((row) => row.told === told)
      .map((row) => <Line key={row.field} is={row[language].is} told={told} why={row[language].why} />);
  return (
    <Stack>
      <div>
        <Title order={1} size="h2">
          {see.title}
        </Title>
        <Text>{see.says(nameOf(profession))}</Text>
        <Text size="sm" className="quiet">
          {see.purposes}
        </Text>
      </div>
      <Sheet caption={see.domains}>
        {own.map((code) => (
          <Line key={code} is={labelOf(code)} told why={see.ownDomain} />
        ))}
        <Line is={others.map(({ code }) => labelOf(code)).join(', ')} told={false} why={see.otherDomain} />
      </Sheet>
      <Sheet caption={see.contract}>{rows(true)}</Sheet>
      <Sheet caption={see.person}>{rows(false)}</Sheet>
      <section className="sheet">
        <Title order={2} size="h4" mb="xs">
          {see.refusals}
        </Title>
        <List spacing="xs">
          {shownRefusals.map((code) => (
            <List.Item key={code}>{texts.problems[code]}</List.Item>
          ))}
        </List>
      </section>
      <Text>
        <Link to="/lookup">{texts.frame.lookup}</Link> ·{' '}
        <Link to="/own-lookups">{texts.frame.ownLookups}</Link>
      </Text>
    </Stack>
  );
}

function Sheet({ caption, children }: { readonly caption: string; readonly children: ReactNode }) {
  const { see } = useLanguage().texts;
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {caption}
      </Title>
      <Table verticalSpacing="xs" aria-label={caption} className="stacks seen">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{see.what}</Table.Th>
            <Table.Th scope="col">{see.shown}</Table.Th>
            <Table.Th scope="col">{see.why}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </section>
  );
}

function Line({ is, told, why }: { readonly is: string; readonly told: boolean; readonly why: string }) {
  const { see } = useLanguage().texts;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {is}
      </Table.Th>
      <Table.Td>
        <Badge color={told ? 'accent' : 'gray'} variant="outline" tt="none" miw="max-content">
          {told ? `✓ ${see.yes}` : `✕ ${see.no}`}
        </Badge>
      </Table.Td>
      <Table.Td>{why}</Table.Td>
    </Table.Tr>
  );
}
