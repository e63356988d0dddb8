import { Alert, Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Card, CardDomain } from '../../../src/modules/rights/card/card.ts';
import { type CardVerdict, holdsOn } from '../../../src/modules/rights/card/verify-card.ts';
import { findDomain } from '../../../src/modules/rights/domains.ts';
import { useDates, useLanguage } from '../texts/language.tsx';

type Props = { readonly verdict: CardVerdict; readonly day: string; readonly at: string };

/** What a card proves, or why it proves nothing; printable. */
export function VerdictSheet({ verdict, day, at }: Props) {
  const { check } = useLanguage().texts;
  const dates = useDates();
  const top = useRef<HTMLDivElement>(null);
  // On a telephone it is below the form. It takes the focus too: the verdict is what was asked for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the second verdict comes to the eye as well.
  useEffect(() => {
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ block: 'start' });
  }, [verdict]);
  return (
    <Stack gap="md" ref={top} tabIndex={-1} className="verdict">
      <Alert
        role="status"
        color={verdict.proves ? 'accent' : 'attention'}
        title={verdict.proves ? `✓ ${check.proves}` : `✕ ${check.refusals[verdict.because].title}`}
      >
        {verdict.proves ? check.holder : check.refusals[verdict.because].says}
      </Alert>
      {verdict.proves && verdict.code !== null && (
        <Text size="sm" className="no-print">
          {check.code} <strong className="figures">{verdict.code}</strong>. {check.codeHelp}
        </Text>
      )}
      {verdict.card !== null && <CardSheet card={verdict.card} day={day} />}
      <Group justify="space-between">
        <Text size="sm" className="quiet figures">
          {check.checkedAt(dates.instant(at))}
        </Text>
        {verdict.proves && (
          <Button variant="default" className="no-print" onClick={() => window.print()}>
            {check.print}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function CardSheet({ card, day }: { readonly card: Card; readonly day: string }) {
  const { answer, check } = useLanguage().texts;
  const dates = useDates();
  const say = (text: string | null) => text ?? answer.unknown;
  const facts = [
    [answer.member, say(card.memberNumber)],
    [check.validity, `${unbroken(dates.day(card.from))} – ${unbroken(dates.day(card.to))}`],
    [answer.amc, say(card.amcCode)],
    [answer.convention, say(card.convention)],
    [answer.csr, say(card.csr)],
  ];
  return (
    <section className="sheet">
      <Title order={2} size="h3" mb="sm">
        {say(card.insurer)}
      </Title>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Domains card={card} day={day} />
    </section>
  );
}

/** A date in one piece, wherever the line ends. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** Only when it is another than the card's, which stands above. */
function ownConvention({ conventions }: CardDomain, { convention }: Card): string {
  const own = conventions.join('/');
  return own === convention ? '' : own;
}

function Domains({ card, day }: { readonly card: Card; readonly day: string }) {
  const { language, texts } = useLanguage();
  const dates = useDates();
  const { check } = texts;
  return (
    <Table aria-label={texts.answer.domains} verticalSpacing={6} horizontalSpacing="xs" mt="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{check.domain}</Table.Th>
          <Table.Th>{check.level}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {card.domains.map((each) => (
          <Table.Tr key={each.domain}>
            <Table.Th scope="row">
              {findDomain(each.domain)?.[language] ?? each.domain}
              <Text span size="sm" fw={400} className="quiet">
                {` ${each.domain}`}
              </Text>
            </Table.Th>
            <Table.Td className="figures">
              {each.level} {ownConvention(each, card)}
              {!holdsOn(each, day) && (
                <Badge ml="xs" color="gray" variant="outline" tt="none">
                  {day < each.from ? check.from(dates.day(each.from)) : check.until(dates.day(each.to))}
                </Badge>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
