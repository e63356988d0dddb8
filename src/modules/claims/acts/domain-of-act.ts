import type { Act, CareKind } from '../guarantees/care.ts';
import type { DomainCode } from './domain-codes.ts';

const glasses = ['OPTI'] as const;

/**
 * The care domains that a kind of care may be invoiced in, in the order in which they are tried. A dentist's
 * consultation and surgery are dental care: their rate is not the doctors'. Nothing leads to DEOR and CURE,
 * because no rate is known for orthodontics and spa care.
 */
export const domainsOfKind: Readonly<Record<CareKind, readonly DomainCode[]>> = {
  consultation: ['MEDG', 'MEDS', 'SAGE', 'CSTE', 'EXTE'],
  'technical-act': ['MEDG', 'MEDS', 'SAGE', 'CSTE', 'RADL', 'EXTE', 'HOSP'],
  imaging: ['RADL', 'EXTE'],
  laboratory: ['LABO'],
  paramedical: ['KIN', 'INF', 'AUXM', 'SAGE', 'CSTE'],
  drug: ['PHAR', 'PH15'],
  transport: ['TRAN'],
  'dental-care': ['DESO', 'CSTE'],
  'dental-prosthesis': ['DEPR'],
  'optical-frame': glasses,
  'optical-lens': glasses,
  'hearing-aid': ['AUDI'],
  device: ['LPP', 'DIV'],
  'hospital-stay': ['HOSP'],
  'daily-hospital-charge': ['HOSP'],
  'emergency-visit': ['EXTE', 'HOSP'],
  'private-room': ['CHAM'],
};

/**
 * Whether the mandatory scheme wants to know who prescribed it. Assumed for the whole kind: physiotherapists
 * may be seen without a prescription in some places, and pharmacists and midwives prescribe a little.
 */
export const needsPrescriber: Readonly<Record<CareKind, boolean>> = {
  consultation: false,
  'technical-act': false,
  imaging: true,
  laboratory: true,
  paramedical: true,
  drug: true,
  transport: true,
  'dental-care': false,
  'dental-prosthesis': false,
  'optical-frame': true,
  'optical-lens': true,
  'hearing-aid': true,
  device: true,
  'hospital-stay': false,
  'daily-hospital-charge': false,
  'emergency-visit': false,
  'private-room': false,
};

/** The domain that an act of a professional is covered by, or undefined when it is none of theirs. */
export function domainOfAct(
  act: Pick<Act, 'kind' | 'drugRate' | 'inHospital'>,
  professionDomains: readonly DomainCode[],
): DomainCode | undefined {
  const possible = domainsOfKind[act.kind];
  const first = possible.filter((code) =>
    code === 'PH15' ? act.drugRate === 15 : code === 'HOSP' && act.inHospital,
  );
  return [...first, ...possible].find((code) => professionDomains.includes(code));
}
