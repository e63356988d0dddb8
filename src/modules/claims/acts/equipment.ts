import { type Rule, rules } from '../guarantees/rules.ts';
import { act, base, type CatalogueAct, datedAmounts, memory, press } from './catalogue-act.ts';

const drug = { kind: 'drug', domains: ['PHAR'] } as const;

/** Lines by rate: every box has a price and a base of its own, which its CIP code tells. */
const drugs: readonly CatalogueAct[] = [
  act('PH7', ['Médicament remboursé à 65 %', 'Drug reimbursed at 65 %'], { ...drug, drugRate: 65 }),
  act('PH4', ['Médicament remboursé à 30 %', 'Drug reimbursed at 30 %'], { ...drug, drugRate: 30 }),
  act('PH2', ['Médicament remboursé à 15 %', 'Drug reimbursed at 15 %'], {
    ...{ kind: 'drug', domains: ['PHAR', 'PH15'], drugRate: 15 },
  }),
  act('PH1', ['Médicament remboursé à 100 %', 'Drug reimbursed at 100 %'], { ...drug, drugRate: 100 }),
];

const device = { kind: 'device', domains: ['LPP', 'DIV'] } as const;

/** Groups of the list of products (LPP), as invoices name them; each product has a code of its own. */
const devices: readonly CatalogueAct[] = [
  act('PAN', ['Pansements', 'Dressings'], device),
  act('DVO', ['Orthèses diverses', 'Orthoses'], device),
  act('MAC', ['Matériel de contention', 'Compression equipment'], device),
  act('MAD', ['Matériel de traitement à domicile', 'Equipment for treatment at home'], device),
  act('AAR', ['Appareil d’assistance respiratoire', 'Breathing equipment'], device),
  act('VEH', ['Fauteuil roulant, véhicule pour handicapé', 'Wheelchair'], device),
];

const since = '2020-01-01';
const frame = { kind: 'optical-frame', domains: ['OPTI'], since } as const;
const lens = { kind: 'optical-lens', domains: ['OPTI'], since } as const;
const simple = { ...lens, lensClass: 'simple' } as const;
const complex = { ...lens, lensClass: 'complex' } as const;
const veryComplex = { ...lens, lensClass: 'very-complex' } as const;
const ofLimit = memory('base of 30 % of the price limit');
const nominal = base(5, press('escale-sante-36'));

/**
 * Manufacturers have thousands of codes for their frames and lenses: these stand for groups. LUN, VER and LEN
 * are groups of invoices; -S, -C and -T are ours, for the three corrections that contracts tell apart.
 */
const glasses: readonly CatalogueAct[] = [
  act(
    'LUN',
    ['Monture de classe A (100 % Santé)', 'Class A frame (100 % Santé)'],
    { ...frame, basket: 'full' },
    base(900, ofLimit, 3000),
  ),
  act(
    'LUN',
    ['Monture de classe B (prix libre)', 'Class B frame (free price)'],
    { ...frame, basket: 'free' },
    base(5, memory('as a lens of class B; its source misprints the frame')),
  ),
  act(
    'VER-S',
    ['Verre simple de classe A (100 % Santé)', 'Class A simple lens (100 % Santé)'],
    { ...simple, basket: 'full' },
    base(975, ofLimit, 3250),
  ),
  act('VER-C', ['Verre complexe de classe A (100 % Santé)', 'Class A complex lens (100 % Santé)'], {
    ...complex,
    basket: 'full',
  }),
  act('VER-T', ['Verre très complexe de classe A (100 % Santé)', 'Class A very complex lens (100 % Santé)'], {
    ...veryComplex,
    basket: 'full',
  }),
  act(
    'VER-S',
    ['Verre simple de classe B (prix libre)', 'Class B simple lens (free price)'],
    { ...simple, basket: 'free' },
    nominal,
  ),
  act(
    'VER-C',
    ['Verre complexe de classe B (prix libre)', 'Class B complex lens (free price)'],
    { ...complex, basket: 'free' },
    nominal,
  ),
  act(
    'VER-T',
    ['Verre très complexe de classe B (prix libre)', 'Class B very complex lens (free price)'],
    { ...veryComplex, basket: 'free' },
    nominal,
  ),
  act('LEN', ['Lentilles de contact remboursées', 'Reimbursed contact lenses'], {
    ...{ kind: 'optical-lens', domains: ['OPTI'] },
  }),
];

const hearing = { kind: 'hearing-aid', domains: ['AUDI'] } as const;
const classOne = { ...hearing, basket: 'full' } as const;
const classTwo = { ...hearing, basket: 'free' } as const;
const hearingBases: readonly [Rule, ...Rule[]] = [
  { from: '2019-01-01', value: 30_000, ...press('cnmss.fr') },
  { from: '2020-01-01', value: 35_000, ...press('cnmss.fr') },
  { from: '2021-01-01', value: 40_000, ...press('insureglobe, cnmss.fr') },
];
const classOneAmounts = datedAmounts(hearingBases, rules['full-hearing']);
const classTwoAmounts = base(40_000, memory('table of the insurers’ undertaking of 2019'), 147_600);

/** From 20 years of age on: children have a base of their own, which is not known. */
const hearingAids: readonly CatalogueAct[] = [
  act(
    'PAZ',
    [
      'Aide auditive de classe I, oreille gauche (100 % Santé)',
      'Class I hearing aid, left ear (100 % Santé)',
    ],
    { ...classOne, ear: 'left' },
    classOneAmounts,
  ),
  act(
    'PAZ',
    [
      'Aide auditive de classe I, oreille droite (100 % Santé)',
      'Class I hearing aid, right ear (100 % Santé)',
    ],
    { ...classOne, ear: 'right' },
    classOneAmounts,
  ),
  act(
    'PAU',
    [
      'Aide auditive de classe II, oreille gauche (prix libre)',
      'Class II hearing aid, left ear (free price)',
    ],
    { ...classTwo, ear: 'left' },
    classTwoAmounts,
  ),
  act(
    'PAU',
    [
      'Aide auditive de classe II, oreille droite (prix libre)',
      'Class II hearing aid, right ear (free price)',
    ],
    { ...classTwo, ear: 'right' },
    classTwoAmounts,
  ),
  act('AUP', ['Piles et consommables d’aide auditive', 'Batteries and supplies of a hearing aid'], hearing),
];

/** Pharmacists, suppliers, opticians and audiologists: what is handed over. */
export const equipmentActs: readonly CatalogueAct[] = [...drugs, ...devices, ...glasses, ...hearingAids];
