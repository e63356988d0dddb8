import { act, base, type CatalogueAct, fee, memory, press } from './catalogue-act.ts';

const care = { kind: 'dental-care', domains: ['DESO', 'CSTE'] } as const;
const tariff = memory('tariff of dentists, from memory');

const dentalCare: readonly CatalogueAct[] = [
  // In no health centre: there the same letter is a doctor's or a midwife's, at another rate.
  act(
    'C',
    ['Consultation du chirurgien-dentiste', 'Dentist’s consultation'],
    { kind: 'dental-care', domains: ['DESO'] },
    fee(2300, tariff),
  ),
  act(
    'HBJD001',
    ['Détartrage et polissage des dents', 'Descaling and polishing of the teeth'],
    care,
    fee(2892, press('pages on dental fees: letter SC 12')),
  ),
  act(
    'HBGD036',
    ['Extraction (avulsion) d’une dent permanente', 'Extraction of a permanent tooth'],
    care,
    fee(3344, tariff),
  ),
  act(
    'HBMD053',
    ['Obturation d’une prémolaire ou molaire, 1 face', 'Filling of a back tooth, 1 surface'],
    care,
  ),
  act(
    'HBMD049',
    ['Obturation d’une prémolaire ou molaire, 2 faces', 'Filling of a back tooth, 2 surfaces'],
    care,
  ),
  act(
    'HBFD008',
    ['Dévitalisation d’une molaire (exérèse de la pulpe)', 'Root canal treatment of a molar'],
    care,
    fee(8194, tariff),
  ),
  act(
    'HBQK389',
    ['Radiographie rétroalvéolaire, 1 à 3 dents', 'X-ray of 1 to 3 teeth'],
    care,
    fee(798, tariff),
  ),
  act(
    'HBQK002',
    ['Radiographie panoramique dentaire', 'Panoramic X-ray of the teeth'],
    care,
    fee(2128, tariff),
  ),
];

const prosthesis = { kind: 'dental-prosthesis', domains: ['DEPR'] } as const;
const full = { ...prosthesis, basket: 'full' } as const;
const moderate = { ...prosthesis, basket: 'moderate' } as const;
const free = { ...prosthesis, basket: 'free' } as const;
const crown = (usualPrice: number | null) =>
  base(
    12_000,
    memory('the base of crowns; which codes, baskets and prices have it is from memory'),
    usualPrice,
  );

/** Each code has one basket: it follows from the material and the place of the tooth. */
const prostheses: readonly CatalogueAct[] = [
  act(
    'HBLD680',
    [
      'Couronne céramique, incisive à 1re prémolaire (100 % Santé)',
      'Ceramic crown, front tooth (100 % Santé)',
    ],
    full,
    // Its price limit is from memory: it is left to the dentist, so that the act is as sure as its base.
    base(12_000, press('pages on 100 % Santé: base of a crown')),
  ),
  act(
    'HBLD634',
    [
      'Couronne céramo-métallique, incisive à 1re prémolaire (100 % Santé)',
      'Metal-ceramic crown, front tooth (100 % Santé)',
    ],
    full,
    crown(50_000),
  ),
  act(
    'HBLD350',
    ['Couronne zircone, hors molaire (100 % Santé)', 'Zirconia crown, not a molar (100 % Santé)'],
    full,
    crown(44_000),
  ),
  act('HBLD038', ['Couronne métallique (100 % Santé)', 'Metal crown (100 % Santé)'], full, crown(29_000)),
  act(
    'HBLD491',
    [
      'Couronne céramo-métallique, 2e prémolaire (tarif maîtrisé)',
      'Metal-ceramic crown, second premolar (limited price)',
    ],
    moderate,
    crown(null),
  ),
  act(
    'HBLD073',
    ['Couronne zircone, molaire (tarif maîtrisé)', 'Zirconia crown, molar (limited price)'],
    moderate,
    crown(null),
  ),
  act(
    'HBLD734',
    ['Couronne céramo-métallique, molaire (tarif libre)', 'Metal-ceramic crown, molar (free price)'],
    free,
    crown(53_870),
  ),
  act('HBLD785', ['Bridge de trois éléments (100 % Santé)', 'Bridge of three units (100 % Santé)'], full),
  act(
    'HBLD031',
    ['Appareil complet en résine, une mâchoire (100 % Santé)', 'Full resin denture, one jaw (100 % Santé)'],
    full,
    base(18_275, tariff),
  ),
];

/** Dentists: care and prostheses. Orthodontics has no kind of care yet. */
export const dentalActs: readonly CatalogueAct[] = [...dentalCare, ...prostheses];
