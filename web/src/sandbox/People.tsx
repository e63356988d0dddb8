import { Code, Table, Text, Title } from '@mantine/core';
import { writeNir } from '../../../src/modules/rights/nir.ts';
import type { Api } from '../api/types.d.ts';
import { TableHead } from '../frame/TableHead.tsx';
import { useDates, useLanguage, useTexts } from '../texts/language.tsx';

type Shown = Api['GET /v1/sandbox']['answer']['people'][number];

/** Whom software may quote and claim for, and what comes of it. */
export function People({ insurer, people }: { readonly insurer: string; readonly people: readonly Shown[] }) {
  const { sandbox: texts } = useTexts();
  if (people.length === 0) return <Text className="sheet">{texts.noPeople}</Text>;
  return (
    <section aria-labelledby="people">
      <Title order={2} size="h4" id="people" mb="xs">
        {texts.people}
      </Title>
      <Text mb="xs">{texts.insured(insurer)}</Text>
      <div className="sheet">
        <Table verticalSpacing="xs" className="stacks" aria-label={texts.people}>
          <TableHead heads={[texts.name, texts.number, texts.born, texts.does]} />
          <Table.Tbody>
            {people.map((person) => (
              <Row key={person.nir} person={person} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Text size="sm" mt="xs" className="quiet">
        {texts.forced}
      </Text>
    </section>
  );
}

function Row({ person }: { readonly person: Shown }) {
  const { sandbox: texts } = useTexts();
  const { language } = useLanguage();
  const dates = useDates();
  const { name, nir, birthDate, does, by, says } = person;
  return (
    <Table.Tr>
      <Table.Td data-head={texts.name}>{name}</Table.Td>
      <Table.Td data-head={texts.number} className="figures">
        {writeNir(nir.slice(0, 13))}
      </Table.Td>
      <Table.Td data-head={texts.born} className="figures" title={dates.day(birthDate)}>
        {birthDate}
      </Table.Td>
      <Table.Td data-head={texts.does}>
        {says[language]}
        {by === 'scenario' && <b> *</b>}
        <div className="breaks">
          <Code>{does}</Code>
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
