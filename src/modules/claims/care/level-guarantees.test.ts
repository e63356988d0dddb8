import { expect, test } from 'vitest';
import type { Form } from '../guarantees/contract.ts';
import { guaranteesOfLevels } from './level-guarantees.ts';

const percent = (most: number): Form => ({
  form: 'percent-of-base',
  percent: most,
  includesMandatory: true,
});

// domain, level as a card prints it, kind, what it pays
test.each<[Parameters<typeof guaranteesOfLevels>[0][number], string, Form | undefined]>([
  [['MEDG', '100%'], 'consultation', percent(100)],
  [['MEDS', '150 %'], 'technical-act', percent(150)],
  [['PHAR', '100/100/85'], 'drug', percent(100)],
  [['CHAM', '50 EUR'], 'private-room', { form: 'amount', cents: 5000, per: 'night' }],
  [['OPTI', 'PEC'], 'optical-frame', { form: 'nothing' }],
  [['MEDG', ''], 'consultation', { form: 'nothing' }],
  [['MEDG', 'voir contrat'], 'consultation', { form: 'nothing' }],
  [['MEDG', '99%'], 'consultation', { form: 'nothing' }],
  [['MEDG', '100%'], 'optical-frame', undefined],
])('%j, %s', (level, kind, pays) => {
  const found = guaranteesOfLevels([level]).find(({ kinds }) => kinds.some((one) => one === kind));
  expect(found?.pays).toEqual(pays);
});
