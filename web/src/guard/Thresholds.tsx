import { Table, Text, Title } from '@mantine/core';
import { bitsFor } from '../../../src/modules/guard/fold/thresholds.ts';
import { findProfession, professions } from '../../../src/modules/rights/professions.ts';
import { TableHead } from '../frame/TableHead.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useNumbers } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';

const levels = ['challenge', 'restrict', 'suspend'] as const;

/** How much evidence each step asks for, by profession: worked out of the promise, as the guard does it. */
export function Thresholds() {
  const { settings: texts, case: words, bits: inBits } = useGuardTexts();
  const number = useNumbers();
  const professionName = useProfessionName();
  return (
    <section className="sheet">
      <Title order={2} size="h4">
        {texts.thresholds}
      </Title>
      <Text size="sm" className="quiet">
        {texts.thresholdsSay}
      </Text>
      <details>
        <summary>{texts.byProfession}</summary>
        <Table.ScrollContainer type="native" tabIndex={0} minWidth={560}>
          <Table aria-label={texts.thresholds} className="figures">
            <TableHead
              heads={[texts.profession, texts.lookups, ...levels.map((level) => words.thresholds[level])]}
            />
            <Table.Tbody>
              {professions.map(({ code }) => {
                const dailyLookups = findProfession(code)?.figures.lookupsPerDay.value ?? 0;
                return (
                  <Table.Tr key={code}>
                    <Table.Th scope="row">{professionName(code)}</Table.Th>
                    <Table.Td>{number(dailyLookups)}</Table.Td>
                    {levels.map((level) => (
                      <Table.Td key={level}>{inBits(number(bitsFor({ dailyLookups }, level), 1))}</Table.Td>
                    ))}
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </details>
    </section>
  );
}
