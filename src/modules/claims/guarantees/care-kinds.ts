import type { CareKind } from './care.ts';
import type { RuleName } from './rules.ts';

type Rate = 'doctor' | 'laboratory' | 'paramedical' | 'dental' | 'device' | 'transport' | 'hospital' | 'none';

/** What the mandatory scheme does with a kind of care. */
export type KindRules = {
  /** The tables of its rate; drugs have a rate of their own on each box. */
  readonly rate: `rate-${Rate}` | 'drug';
  readonly local: `local-${Rate}` | 'drug';
  /** What is later kept from the person, for each act or box. */
  readonly kept: 'participation' | 'franchise' | 'franchise-transport' | null;
  /** Whether it costs more outside the coordinated pathway. */
  readonly pathway: boolean;
  /** What is counted at most for each day or visit, when the law sets a charge, and when it is reduced. */
  readonly charge: { readonly usual: RuleName; readonly reduced: RuleName } | null;
};

const kind = (rate: Rate, more: Partial<KindRules> = {}): KindRules => ({
  ...{ rate: `rate-${rate}`, local: `local-${rate}`, kept: null, pathway: false, charge: null },
  ...more,
});
const doctor = kind('doctor', { kept: 'participation', pathway: true });

/** One row for each kind of care. */
export const kindRules: Readonly<Record<CareKind, KindRules>> = {
  consultation: doctor,
  'technical-act': doctor,
  imaging: doctor,
  laboratory: kind('laboratory', { kept: 'participation' }),
  paramedical: kind('paramedical', { kept: 'franchise' }),
  drug: kind('none', { rate: 'drug', local: 'drug', kept: 'franchise' }),
  transport: kind('transport', { kept: 'franchise-transport' }),
  'dental-care': kind('dental'),
  'dental-prosthesis': kind('dental'),
  'optical-frame': kind('device'),
  'optical-lens': kind('device'),
  'hearing-aid': kind('device'),
  device: kind('device'),
  'hospital-stay': kind('hospital'),
  'daily-hospital-charge': kind('none', {
    charge: { usual: 'hospital-day', reduced: 'hospital-day-psychiatry' },
  }),
  'emergency-visit': kind('none', { charge: { usual: 'emergency', reduced: 'emergency-reduced' } }),
  'private-room': kind('none'),
};

/** What the local scheme of Alsace-Moselle adds to a drug's rate, in points. Unconfirmed, but for 100. */
export const localDrugPoints: Readonly<Record<100 | 65 | 30 | 15, number>> = {
  100: 0,
  65: 25,
  30: 50,
  15: 0,
};
