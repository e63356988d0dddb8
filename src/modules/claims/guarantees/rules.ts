/** How sure a figure is: read in the law or its publisher, in the press, derived, or from memory alone. */
export type Certainty = 'sourced' | 'secondary' | 'computed' | 'unconfirmed';

/** A figure from a day on, until the next row of its table: percent, or cents. */
export type Rule = {
  readonly from: string;
  readonly value: number;
  readonly source: string;
  readonly certainty: Certainty;
};

const scheme = { source: 'R. 160-5 CSS; droit-pratique.fr', certainty: 'sourced' } as const;
const local = { source: 'Alsace-Moselle local scheme', certainty: 'unconfirmed' } as const;
const snds = { source: 'indsante/Documentation-SNDS, montant_soins_de_ville', certainty: 'sourced' } as const;
const press = (source: string) => ({ source, certainty: 'secondary' }) as const;
const memory = (source: string) => ({ source, certainty: 'unconfirmed' }) as const;
const since = '2017-01-01';

/**
 * Every figure that changes with the years, oldest first. Rates are percents of the base, the rest is cents.
 * The day of care chooses the row, never the day of the claim.
 */
export const rules = {
  'rate-doctor': [{ from: since, value: 70, ...snds }],
  'rate-laboratory': [{ from: since, value: 60, ...scheme }],
  'rate-paramedical': [{ from: since, value: 60, ...scheme }],
  'rate-dental': [
    { from: since, value: 70, ...press('order of 12 October 2023, the rate before') },
    { from: '2023-10-15', value: 60, ...press('order of 12 October 2023') },
  ],
  'rate-device': [{ from: since, value: 60, ...scheme }],
  'rate-transport': [
    { from: since, value: 65, ...memory('older page of the health insurance') },
    { from: '2023-10-15', value: 55, ...memory('the day is assumed to be that of the dental rate') },
  ],
  'rate-hospital': [{ from: since, value: 80, ...scheme }],
  'rate-none': [{ from: since, value: 0, ...scheme }],
  /** What the local scheme pays on top of the general one. */
  'local-doctor': [{ from: since, value: 20, ...snds }],
  'local-laboratory': [{ from: since, value: 30, ...local }],
  'local-paramedical': [{ from: since, value: 30, ...local }],
  'local-dental': [
    { from: since, value: 20, ...local },
    { from: '2023-10-15', value: 30, ...local },
  ],
  'local-device': [{ from: since, value: 30, ...local }],
  'local-transport': [
    { from: since, value: 35, ...local },
    { from: '2023-10-15', value: 45, ...local },
  ],
  'local-hospital': [{ from: since, value: 20, ...local }],
  'local-none': [{ from: since, value: 0, ...local }],
  /** Points of the rate that care outside the coordinated pathway loses: 70 % becomes 30 %. */
  'out-of-pathway': [{ from: since, value: 40, ...press('service-public F17042, read 2024-12-22') }],
  /** Kept from a later payment to the person, for each act of a doctor, biology and imaging. */
  participation: [
    { from: since, value: 100, ...press('ag2r, the amount before 2024-05-15') },
    { from: '2024-05-15', value: 200, ...press('quechoisir n122662') },
  ],
  'participation-day': [
    { from: since, value: 400, ...memory('four a day and professional, at the amount before') },
    { from: '2024-05-15', value: 800, ...press('quechoisir n122662: four a day and professional') },
  ],
  'participation-year': [{ from: since, value: 5000, ...press('quechoisir n122662') }],
  /** The same for each box and paramedical act. */
  franchise: [
    { from: since, value: 50, ...memory('the amount before 2024-03-31') },
    { from: '2024-03-31', value: 100, ...press('quechoisir n122662') },
  ],
  'franchise-transport': [
    { from: since, value: 200, ...memory('the amount before 2024-03-31') },
    { from: '2024-03-31', value: 400, ...press('information-dentaire: 4, its doubling was dropped') },
  ],
  'franchise-year': [{ from: since, value: 5000, ...press('quechoisir n122662') }],
  /** Technical acts from this price on cost a fixed participation instead of a share. */
  'costly-act-from': [{ from: since, value: 12_000, ...press('quechoisir, with the amount of 2026') }],
  'costly-act': [
    { from: since, value: 2400, ...press('quechoisir, the amount before 2026-04-22') },
    { from: '2026-04-22', value: 3200, ...press('quechoisir; the draft said 1 April') },
  ],
  'hospital-day': [
    { from: '2018-01-01', value: 2000, ...press('quechoisir n174650, the amount before') },
    { from: '2026-03-01', value: 2300, ...press('order in the JO of 28 February 2026') },
  ],
  'hospital-day-psychiatry': [
    { from: '2018-01-01', value: 1500, ...press('quechoisir n174650, the amount before') },
    { from: '2026-03-01', value: 1700, ...press('order in the JO of 28 February 2026') },
  ],
  emergency: [
    { from: '2022-01-01', value: 1961, ...press('boursorama/AFP, the amount before') },
    { from: '2026-03-01', value: 2300, ...press('boursorama/AFP, quechoisir') },
  ],
  'emergency-reduced': [
    { from: '2022-01-01', value: 849, ...press('boursorama/AFP, the amount before') },
    { from: '2026-03-01', value: 996, ...press('boursorama/AFP, quechoisir') },
  ],
  /** The monthly ceiling of social security: guarantees are written in percents of it. */
  'monthly-ceiling': [
    { from: '2024-01-01', value: 386_400, ...openfisca() },
    { from: '2025-01-01', value: 392_500, ...openfisca() },
    { from: '2026-01-01', value: 400_500, ...openfisca() },
  ],
  /** "100 % Santé": the price up to which equipment of the full basket is covered whole. */
  'full-frame': [{ from: '2020-01-01', value: 3000, ...press('escale-sante-36') }],
  'full-lens': [
    { from: '2020-01-01', value: 3250, ...press('escale-sante-36: the least of 32.50 to 170.00') },
  ],
  'full-hearing': [
    { from: '2019-01-01', value: 130_000, ...press('cnmss.fr') },
    { from: '2020-01-01', value: 110_000, ...press('cnmss.fr') },
    { from: '2021-01-01', value: 95_000, ...press('insureglobe, cnmss.fr') },
  ],
  /** What a responsible contract may pay at most, the mandatory share in it. */
  'most-frame': [
    { from: since, value: 15_000, ...press('decree of 2014; frequenceoptic.fr, acuite.fr') },
    { from: '2020-01-01', value: 10_000, source: 'decree 2019-21, R. 871-2 CSS', certainty: 'sourced' },
  ],
  /** The same of a frame with its two lenses, by their classes; where it pays overruns, no less than that. */
  'least-glasses-simple': leastOfGlasses(5000),
  'most-glasses-simple': mostOfGlasses(47_000, 42_000),
  'least-glasses-simple-complex': leastOfGlasses(12_500),
  'most-glasses-simple-complex': mostOfGlasses(61_000, 56_000),
  'least-glasses-complex': leastOfGlasses(20_000),
  'most-glasses-complex': mostOfGlasses(75_000, 70_000),
  'least-glasses-simple-very-complex': leastOfGlasses(12_500),
  'most-glasses-simple-very-complex': mostOfGlasses(66_000, 61_000),
  'least-glasses-complex-very-complex': leastOfGlasses(20_000),
  'most-glasses-complex-very-complex': mostOfGlasses(80_000, 75_000),
  'least-glasses-very-complex': leastOfGlasses(20_000),
  'most-glasses-very-complex': mostOfGlasses(85_000, 80_000),
  'most-hearing': [
    { from: '2021-01-01', value: 170_000, source: 'decree 2019-21, R. 871-2 CSS', certainty: 'sourced' },
  ],
  /** Overruns outside OPTAM, in percent of the base; and points less than those of OPTAM. */
  'most-overrun': [{ from: since, value: 100, ...memory('R. 871-2 CSS') }],
  'overrun-points': [{ from: since, value: 20, ...memory('R. 871-2 CSS') }],
} as const satisfies Readonly<Record<string, readonly Rule[]>>;

export type RuleName = keyof typeof rules;

/** Optics outside 100 % Santé. The floors before 2020 are assumed to be the same: no source tells them. */
function leastOfGlasses(value: number): readonly Rule[] {
  return [{ from: since, value, ...memory('R. 871-2 CSS; before 2020 assumed to be the same') }];
}

/** Each of 2020 is 50.00 € less than that of 2014, as the frame is, whose 100.00 € are sourced. */
function mostOfGlasses(before: number, now: number): readonly Rule[] {
  return [
    { from: since, value: before, ...press('decree of 2014; frequenceoptic.fr, acuite.fr') },
    { from: '2020-01-01', value: now, ...memory('R. 871-2 CSS; that of 2014 less 50.00 €') },
  ];
}

function openfisca() {
  return { source: 'openfisca-france, plafond_securite_sociale_mensuel.yaml', certainty: 'sourced' } as const;
}

/** No figure is known for that day: an amount is not guessed. */
export class NoRule extends Error {
  readonly rule: RuleName;
  readonly day: string;

  constructor(rule: RuleName, day: string) {
    super(`no ${rule} is known for ${day}`);
    this.rule = rule;
    this.day = day;
  }
}

/** The row of a table that holds on a day, YYYY-MM-DD; throws NoRule before the first. */
export function ruleOn(name: RuleName, day: string): Rule {
  const rows: readonly Rule[] = rules[name];
  const row = rows.findLast(({ from }) => from <= day);
  if (row === undefined) throw new NoRule(name, day);
  return row;
}
