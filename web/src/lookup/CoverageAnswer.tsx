import { Alert, Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Api } from '../api/types.d.ts';
import { useDates, useLanguage } from '../texts/language.tsx';

type Answer = Api['POST /v1/coverage-lookups']['answer'];
type Contract = Answer['contracts'][number];

/** What was told of a person: by domain, then by contract, and that it was recorded. */
export function CoverageAnswer(props: {
  readonly answer: Answer;
  readonly entry: string | null;
  /** What comes next, beside what was told. */
  readonly next: ReactNode;
}) {
  const { answer, entry, next } = props;
  const { language, texts } = useLanguage();
  const dates = useDates();
  const top = useRef<HTMLDivElement>(null);
  // On a telephone the answer is below the form: it comes to the eye, and nobody looks for it.
  useEffect(() => {
    // It gives a promise in new browsers, which an effect must not.
    top.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const presence = texts.answer.presence[answer.presence];
  return (
    <Stack mt="lg" gap="md" ref={top}>
      <section className="sheet">
        <Group justify="space-between" mb="sm">
          <Title order={2} size="h3">
            {texts.answer.on(dates.day(answer.careDate))}
          </Title>
          <Covered is={answer.covered} size="lg" />
        </Group>
        {presence !== '' && (
          <Alert color={answer.presence === 'accepted' ? 'accent' : 'attention'} title={presence} mb="sm" />
        )}
        {answer.breakGlass && <Alert color="attention" title={texts.emergency.done} mb="sm" />}
        <Table aria-label={texts.answer.domains} verticalSpacing="sm">
          <Table.Tbody>
            {answer.domains.map(({ domain, label, covered, reason }) => (
              <Table.Tr key={domain}>
                <Table.Th scope="row">{label[language]}</Table.Th>
                <Table.Td>
                  <Covered is={covered} size="md" />
                </Table.Td>
                <Table.Td>{texts.answer.reasons[reason]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {next}
      </section>
      {answer.contracts.map((contract, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: contracts have no number here, and never move.
        <ContractCard key={place} contract={contract} />
      ))}
      <Group justify="space-between">
        <Text size="sm">
          {entry === null ? '' : texts.answer.recorded(entry)}{' '}
          <Link to="/own-lookups" className="no-print">
            {texts.answer.seeRecord}
          </Link>
        </Text>
        <Button variant="default" className="no-print" onClick={() => window.print()}>
          {texts.lookup.print}
        </Button>
      </Group>
    </Stack>
  );
}

function Covered({ is, size }: { readonly is: boolean; readonly size: string }) {
  const { answer } = useLanguage().texts;
  return (
    <Badge size={size} color={is ? 'accent' : 'gray'} variant={is ? 'filled' : 'outline'} tt="none">
      {is ? `✓ ${answer.covered}` : `✕ ${answer.notCovered}`}
    </Badge>
  );
}

function ContractCard({ contract }: { readonly contract: Contract }) {
  const { answer } = useLanguage().texts;
  const dates = useDates();
  const say = (text: string | null) => text ?? answer.unknown;
  const until = (text: string | null) => (text === null ? answer.unknown : dates.day(text));
  const { insurer, responsibleContract: responsible } = contract;
  const isResponsible = responsible === null ? answer.unknown : responsible ? answer.yes : answer.no;
  const facts = [
    [answer.member, say(contract.memberNumber)],
    [answer.amc, say(insurer.amcCode)],
    [answer.convention, say(contract.convention)],
    [answer.csr, say(contract.csr)],
    [answer.responsible, isResponsible],
    [answer.online, `${until(contract.onlineStart)} – ${until(contract.onlineEnd)}`],
    [answer.printed, until(contract.printedEnd)],
    ...contract.domains.map(({ domain, level, conventions }) => {
      return [`${answer.level} ${domain}`, [level, ...conventions].join(' ')];
    }),
  ];
  return (
    <section className="sheet">
      <Title order={3} size="h4" mb="sm">
        {say(insurer.name)}
      </Title>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
