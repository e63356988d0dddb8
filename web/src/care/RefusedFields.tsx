import { List, Text } from '@mantine/core';
import { Problem } from '../api/call.ts';
import { useClaimTexts } from '../texts/claims.ts';
import { useTexts } from '../texts/language.tsx';

/** Which fields the server refused, in the words of the form. */
export function RefusedFields({ error }: { readonly error: unknown }) {
  const { lookup } = useTexts();
  const { acts, context, prescription, invoice, problems } = useClaimTexts();
  const fields = error instanceof Problem ? (error.body.fields ?? []) : [];
  if (fields.length === 0) return null;
  const names: Readonly<Record<string, string>> = {
    ...{ nir: lookup.nir, birthDate: lookup.birthDate, birthRank: lookup.birthRank },
    careDate: `${context.careDate} : ${problems.noFigure}`,
    ...{ 'prescription.rpps': prescription.rpps, 'prescription.day': prescription.day },
    ...{ engagement: invoice.engagement, reference: invoice.reference },
  };
  const parts: Readonly<Record<string, string>> = {
    ...{ priceCents: acts.price, baseCents: acts.base, quantity: acts.quantity, kind: acts.kind },
    ...{ basket: acts.basket, ear: acts.ear, drugRate: acts.drugRate },
  };
  const nameOf = (field: string) => {
    const [, place, part = ''] = /^acts\.(\d+)\.?(\w*)/.exec(field) ?? [];
    return place === undefined ? (names[field] ?? field) : acts.line(Number(place) + 1, parts[part] ?? part);
  };
  return (
    <div>
      <Text size="sm">{problems.fields}</Text>
      <List size="sm">
        {fields.map(({ field }) => (
          <List.Item key={field}>{nameOf(field)}</List.Item>
        ))}
      </List>
    </div>
  );
}
