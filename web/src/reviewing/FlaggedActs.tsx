import { Table, Text, Title } from '@mantine/core';
import { acts as catalogue } from '../../../src/modules/claims/acts/act-catalogue.ts';
import { useEuros, useInsurerTexts } from '../texts/insurer.ts';
import { useLanguage, useNumbers } from '../texts/language.tsx';
import type { Flagged } from './FlaggedClaim.tsx';

type Act = Flagged['acts'][number];

/** The acts of a claim, and what one's own insurer pays of each. */
export function FlaggedActs({ acts }: { readonly acts: readonly Act[] }) {
  const { claim: texts } = useInsurerTexts();
  const heads = [texts.quantity, texts.price, texts.base, texts.mandatory, texts.own];
  return (
    <section className="sheet" aria-labelledby="acts">
      <Title order={2} size="h4" id="acts" mb="xs">
        {texts.acts}
      </Title>
      <Table verticalSpacing="xs" className="stacks acts" aria-labelledby="acts">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{texts.act}</Table.Th>
            {heads.map((head) => (
              <Table.Th key={head} scope="col" className="amount">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {acts.map((act, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: because two lines of a claim may be the same
            <ActRow key={at} act={act} heads={heads} />
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" className="quiet" mt="xs">
        {texts.others}
      </Text>
    </section>
  );
}

function ActRow({ act, heads }: { readonly act: Act; readonly heads: readonly string[] }) {
  const { kinds } = useInsurerTexts();
  const { language } = useLanguage();
  const numbers = useNumbers();
  const euros = useEuros();
  const known = catalogue.find(
    ({ code, basket = null, ear = null }) =>
      code === act.code && basket === act.basket && ear === (act.ear ?? ear),
  );
  const own = act.own.map(({ plan, cents }) => ({ plan, said: euros(cents) }));
  const cells = [
    numbers(act.quantity),
    euros(act.priceCents),
    euros(act.baseCents),
    act.mandatoryGrossCents === null ? '–' : euros(act.mandatoryGrossCents),
  ];
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <b>{act.code}</b>{' '}
        <Text span size="sm" className="quiet">
          {known?.[language] ?? kinds[act.kind]}
        </Text>
      </Table.Th>
      {cells.map((cell, at) => (
        <Table.Td key={heads[at]} className="amount" data-head={heads[at]}>
          {cell}
        </Table.Td>
      ))}
      <Table.Td className="amount" data-head={heads[4]}>
        {own.length === 0 && '–'}
        {own.map(({ plan, said }) => (
          <div key={plan}>
            <b>{said}</b>{' '}
            <Text span size="sm" className="quiet">
              {plan}
            </Text>
          </div>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
