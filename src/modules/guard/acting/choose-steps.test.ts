import { expect, test } from 'vitest';
import type { Finding, Level } from '../fold/finding.ts';
import { type ChosenStep, chooseSteps, type Judged } from './choose-steps.ts';

const detectors = [
  { number: 1, weight: 0.5 },
  { number: 9, weight: 0.5 },
];
const base = { account: 7, lane: 0, seq: 1, at: 0, bits: 0, own: [0, 0], honey: false };
const live = (to: number): ChosenStep => ({ to, isShadow: false });
const shadow = (to: number): ChosenStep => ({ to, isShadow: true });

function chosen(
  level: Level,
  some: Partial<Omit<Judged, 'finding'>> & { finding?: Partial<Finding> } = {},
): ChosenStep[] {
  const { finding, ...rest } = some;
  return chooseSteps({
    ...{ profile: { dailyLookups: 10 }, detectors, standing: 0, shadow: 0 },
    ...{ settings: { isShadow: false, shadowDetectors: [] }, maySuspend: false },
    ...rest,
    finding: { ...base, level, ...finding },
  });
}

const watching = { isShadow: true, shadowDetectors: [] };
const without1 = { isShadow: false, shadowDetectors: [1] };
const without9 = { isShadow: false, shadowDetectors: [9] };

test.each<[string, ChosenStep[], ChosenStep[]]>([
  ['nothing is asked', chosen('none'), []],
  ['a challenge', chosen('challenge'), [live(1)]],
  ['stands already', chosen('challenge', { standing: 1 }), []],
  ['a person’s suspension stands', chosen('suspend', { standing: 3, maySuspend: true }), []],
  ['a restriction after a challenge', chosen('restrict', { standing: 1 }), [live(2)]],
  ['a suspension that e-BH allows', chosen('suspend', { maySuspend: true }), [live(3)]],
  ['one that it does not restricts', chosen('suspend'), [live(2)]],
  ['and once restricted, no more', chosen('suspend', { standing: 2 }), []],
  ['honey asks nobody', chosen('suspend', { finding: { honey: true } }), [live(3)]],
  ['one honey person restricts', chosen('restrict', { finding: { metHoney: true } }), [live(2)]],
  [
    'also when another detector is only watched',
    chosen('restrict', { settings: without1, finding: { metHoney: true } }),
    [live(2)],
  ],
  [
    'one is only watched',
    chosen('restrict', { settings: without9, finding: { metHoney: true } }),
    [shadow(2)],
  ],
  ['watching only', chosen('restrict', { settings: watching }), [shadow(2)]],
  ['watching, what is written is written once', chosen('restrict', { settings: watching, shadow: 2 }), []],
  [
    'honey is only watched',
    chosen('suspend', { settings: without9, finding: { honey: true, own: [0, 20] } }),
    [shadow(3)],
  ],
  [
    'the one detector that speaks is only watched',
    chosen('challenge', { settings: without1, finding: { own: [16, 0], bits: 15 } }),
    [shadow(1)],
  ],
  [
    'the others suffice for a part',
    chosen('restrict', { settings: without1, finding: { own: [19, 15.5], bits: 18.1 } }),
    [live(1), shadow(2)],
  ],
])('%s', (_says, found, expected) => {
  expect(found).toEqual(expected);
});
