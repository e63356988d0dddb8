/** A care domain that a right can cover by itself; cards may print several under one group. */
export type Domain = {
  readonly code: string;
  readonly field: number;
  readonly fr: string;
  readonly en: string;
};

/**
 * The atomic care domains. `field` is the bit that ledger entries name the domain by: a number once given is
 * never given to another domain, and a domain that is no longer used keeps its line.
 */
export const domains = [
  { code: 'PHAR', field: 16, fr: 'Pharmacie', en: 'Pharmacy' },
  { code: 'PH15', field: 17, fr: 'Pharmacie remboursée à 15 %', en: 'Pharmacy reimbursed at 15 %' },
  { code: 'LPP', field: 18, fr: 'Produits et prestations (LPP)', en: 'Medical products (LPP)' },
  { code: 'MEDG', field: 19, fr: 'Médecins généralistes', en: 'General practitioners' },
  { code: 'MEDS', field: 20, fr: 'Médecins spécialistes', en: 'Specialists' },
  { code: 'LABO', field: 21, fr: 'Laboratoires', en: 'Laboratories' },
  { code: 'RADL', field: 22, fr: 'Radiologie', en: 'Radiology' },
  { code: 'INF', field: 23, fr: 'Infirmiers', en: 'Nurses' },
  { code: 'KIN', field: 24, fr: 'Kinésithérapeutes', en: 'Physiotherapists' },
  { code: 'AUXM', field: 25, fr: 'Auxiliaires médicaux', en: 'Allied professions' },
  { code: 'SAGE', field: 26, fr: 'Sages-femmes', en: 'Midwives' },
  { code: 'EXTE', field: 27, fr: 'Soins externes', en: 'Outpatient hospital care' },
  { code: 'CSTE', field: 28, fr: 'Centres de santé', en: 'Health centres' },
  { code: 'HOSP', field: 29, fr: 'Hospitalisation', en: 'Hospital stay' },
  { code: 'CHAM', field: 30, fr: 'Chambre particulière', en: 'Private room' },
  { code: 'OPTI', field: 31, fr: 'Optique', en: 'Optics' },
  { code: 'AUDI', field: 32, fr: 'Audioprothèse', en: 'Hearing aids' },
  { code: 'DESO', field: 33, fr: 'Soins dentaires', en: 'Dental care' },
  { code: 'DEPR', field: 34, fr: 'Prothèses dentaires', en: 'Dental prostheses' },
  { code: 'DEOR', field: 35, fr: 'Orthodontie', en: 'Orthodontics' },
  { code: 'TRAN', field: 36, fr: 'Transport sanitaire', en: 'Medical transport' },
  { code: 'DIV', field: 37, fr: 'Fournisseurs', en: 'Suppliers' },
  { code: 'CURE', field: 38, fr: 'Cures thermales', en: 'Spa treatment' },
] as const satisfies readonly Domain[];

/** The code of an atomic care domain. */
export type DomainCode = (typeof domains)[number]['code'];

/**
 * Other labels that cards print: groups of domains, and second names. Rights are never stored so, because a
 * group only holds while its members share a convention; a label may be asked, and is opened into domains.
 */
export const domainLabels: Readonly<Record<string, readonly DomainCode[]>> = {
  PHOR: ['PH15'],
  MED: ['MEDG', 'MEDS'],
  RAD: ['RADL'],
  LARA: ['LABO', 'RADL'],
  RLAX: ['LABO', 'RADL', 'AUXM'],
  SVIL: ['SAGE', 'LABO', 'RADL', 'AUXM'],
  OPAU: ['OPTI', 'AUDI'],
  DENT: ['DESO'],
};

/** Every atomic domain's code, in the order of the list. */
export const domainCodes: readonly DomainCode[] = domains.map((domain) => domain.code);

const byCode: ReadonlyMap<string, (typeof domains)[number]> = new Map(
  domains.map((domain) => [domain.code, domain]),
);

/** The domain of a code, if there is one. */
export function findDomain(code: string): (Domain & { readonly code: DomainCode }) | undefined {
  return byCode.get(code);
}

/** Reads the domains a caller asks for, labels opened and repeats dropped; names the codes nobody knows. */
export function readDomains(
  codes: readonly string[],
): { readonly domains: readonly DomainCode[] } | { readonly unknown: readonly string[] } {
  const asked = new Set<DomainCode>();
  const unknown: string[] = [];
  for (const code of codes) {
    const domain = byCode.get(code);
    const members = Object.hasOwn(domainLabels, code) ? domainLabels[code] : undefined;
    if (domain !== undefined) asked.add(domain.code);
    else if (members !== undefined) for (const member of members) asked.add(member);
    else unknown.push(code);
  }
  return unknown.length > 0 ? { unknown } : { domains: [...asked] };
}
