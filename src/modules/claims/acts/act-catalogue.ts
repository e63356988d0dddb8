import { alliedActs } from './allied.ts';
import type { CatalogueAct } from './catalogue-act.ts';
import { dentalActs } from './dental.ts';
import { equipmentActs } from './equipment.ts';
import { establishmentActs } from './establishments.ts';
import { medicalActs } from './medical.ts';

/** What each profession invoices every day, in the order in which it is shown: far from all that exists. */
export const acts: readonly CatalogueAct[] = [
  ...medicalActs,
  ...dentalActs,
  ...equipmentActs,
  ...alliedActs,
  ...establishmentActs,
];
