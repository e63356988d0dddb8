/**
 * The care domains, as `rights` lists them. They are written again because what runs in a browser may only
 * import pure files, and the way into `rights` is not one; a test holds the two lists together.
 */
export const careDomainCodes = [
  ...(['PHAR', 'PH15', 'LPP', 'MEDG', 'MEDS', 'LABO', 'RADL', 'INF', 'KIN', 'AUXM', 'SAGE'] as const),
  ...([
    'EXTE',
    'CSTE',
    'HOSP',
    'CHAM',
    'OPTI',
    'AUDI',
    'DESO',
    'DEPR',
    'DEOR',
    'TRAN',
    'DIV',
    'CURE',
  ] as const),
] as const;

/** The code of a care domain. */
export type DomainCode = (typeof careDomainCodes)[number];
