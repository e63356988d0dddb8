import type { Form, Per } from './contract.ts';

const periods: Readonly<Record<string, Per>> = {
  ...{ acte: 'act', jour: 'day', nuit: 'night', oreille: 'ear', équipement: 'equipment', an: 'year' },
  '2 ans': 'two-years',
};
const percent = '(\\d{1,4}) ?%';
const per = `/ ?(${Object.keys(periods).join('|')})`;

type Notation = {
  /** As contracts print it. */
  readonly example: string;
  readonly pattern: RegExp;
  readonly read: (parts: readonly string[]) => Form;
};

/** One row for each way contracts print what they pay. "+ AMO" is on top of the mandatory share. */
export const notations: readonly Notation[] = [
  {
    example: '150 % BR',
    pattern: line(`${percent} BR`),
    read: ([most]) => ({ form: 'percent-of-base', percent: Number(most), includesMandatory: true }),
  },
  {
    example: '50 % BR + AMO',
    pattern: line(`${percent} BR \\+ AMO`),
    read: ([most]) => ({ form: 'percent-of-base', percent: Number(most), includesMandatory: false }),
  },
  {
    example: '100 % TM',
    pattern: line(`${percent} TM`),
    read: ([most]) => ({ form: 'percent-of-copayment', percent: Number(most) }),
  },
  {
    example: 'TM + 25 % BR',
    pattern: line(`TM \\+ ${percent} BR`),
    read: ([most]) => ({ form: 'copayment-and-percent-of-base', percent: Number(most) }),
  },
  {
    example: '80 % FR',
    pattern: line(`${percent} FR`),
    read: ([most]) => ({ form: 'percent-of-price', percent: Number(most), includesMandatory: true }),
  },
  {
    example: '100 % FR, au plus 150 % BR',
    pattern: line(`${percent} FR, au plus ${percent} BR`),
    read: ([most, base]) => ({
      ...{ form: 'percent-of-price', percent: Number(most), includesMandatory: true },
      atMostPercentOfBase: Number(base),
    }),
  },
  {
    example: '50,00 € / nuit',
    pattern: line(`(\\d{1,6})(?:[,.](\\d{2}))? ?€ ${per}`),
    read: ([whole, cents, unit]) => ({
      ...{ form: 'amount', cents: Number(whole) * 100 + Number(cents ?? 0), per: perOf(unit) },
    }),
  },
  {
    example: '2 % PMSS / jour',
    pattern: line(`${percent} PMSS ${per}`),
    read: ([most, unit]) => ({ form: 'percent-of-ceiling', percent: Number(most), per: perOf(unit) }),
  },
  { example: 'frais réels', pattern: line('frais réels'), read: () => ({ form: 'real-cost' }) },
  { example: '100 % Santé', pattern: line('100 ?% Santé'), read: () => ({ form: 'full-cover' }) },
  { example: 'rien', pattern: line('rien'), read: () => ({ form: 'nothing' }) },
];

/** Reads how a guarantee pays, as contracts print it; undefined when it is none of the notations. */
export function readForm(text: string): Form | undefined {
  const plain = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  for (const { pattern, read } of notations) {
    const [whole, ...parts] = pattern.exec(plain) ?? [];
    if (whole !== undefined) return read(parts);
  }
  return undefined;
}

function line(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'iu');
}

function perOf(unit: string | undefined): Per {
  return periods[unit?.toLowerCase() ?? ''] ?? 'act';
}
