import { type AttackKind, attacks } from '../../world/guard/attacks.ts';
import type { Loss } from '../../world/guard/play-attack.ts';
import { atLeast, atMost, type Figure } from '../figures.ts';
import type { HonestDays } from './honest-days.ts';
import type { Outcome } from './stolen-days.ts';
import { afterTenth, lossesOf, quantile } from './tables.ts';

/** How the attacks of a kind are told in the name of a figure. */
const toldAs: Readonly<Record<AttackKind, string>> = {
  fast: 'fast attack',
  slow: 'slow attack',
  claims: 'false claims alone',
};
const kinds = Object.keys(toldAs) as AttackKind[];

/** A figure of an attack, and which attack it is of. */
type Of = { readonly attack: string; readonly value: number };

/** What is asked of the guard, each figure over every attack of its kind: the worst of them is named. */
export function figuresOf(
  outcomes: readonly Outcome[],
  honest: Pick<HonestDays, 'steps' | 'accountDays'>,
  entriesPerSecond: number,
): Figure[] {
  const over = (kind: AttackKind, figureOf: (attack: string) => number) =>
    worstOf(namesOf(kind).map((attack) => ({ attack, value: figureOf(attack) })));
  const guarded = (attack: string) => lossesOf(outcomes, attack, 'guard');
  const people = (attack: string) => late(guarded(attack), (loss) => loss.people);
  const tenth = (attack: string) => late(guarded(attack), afterTenth);
  const share = (attack: string) => {
    const alone = lost(lossesOf(outcomes, attack, 'allowance alone'));
    return alone === 0 ? Infinity : lost(guarded(attack)) / alone;
  };
  const nineteen = (of: readonly AttackKind[]) =>
    worstOf(
      outcomes
        .filter(
          ({ attack, size, compared }) => size === 19 && compared === 'guard' && of.includes(attack.kind),
        )
        .map(({ attack, totals }) => ({ attack: attack.name, value: quantile(totals, 0.95) })),
    );
  const each = (kind: AttackKind, most: number) =>
    atWorst(`${toldAs[kind]}, people per account, p95`, over(kind, people), most, 'people');
  const wrongful = (100_000 * (honest.steps[3] ?? 0)) / honest.accountDays;
  return [
    each('fast', 25),
    atMost('attack of 10/s, contained after the tenth person, p95', tenth('burst'), 1, 's'),
    atWorst('fast attack, contained after the tenth, p95', over('fast', tenth), 1, 's'),
    each('slow', 40),
    atWorst('slow attack, against the allowance alone', over('slow', share), 0.6, '×'),
    // At one a minute they would be fast, were they lookups.
    each('claims', 25),
    atWorst('nineteen accounts in total, fast or slow, p95', nineteen(['fast', 'slow']), 400, 'people'),
    atWorst('nineteen accounts in total, false claims alone, p95', nineteen(['claims']), 400, 'people'),
    atMost('wrongful suspensions per 100,000 account-days', wrongful, 1, ''),
    atMost('an entry folded in a replay, its accounts warm', 1e6 / entriesPerSecond, 5, 'µs'),
    atLeast('entries folded per core in a replay', entriesPerSecond, 100_000, 'entries/s'),
  ];
}

/** Which attacks a figure is over, and why some have their own. */
export function attacksOfFigures(): string {
  const lines = kinds.map((kind) => `${toldAs[kind]}: ${namesOf(kind).join(', ')}.`);
  return [
    'Figures are over every attack of their kind.',
    ...lines,
    'False claims alone are set apart because no lookup is made: nothing but the allowance bounds those',
    'about people of the neighbourhood.',
  ].join('\n');
}

function namesOf(kind: AttackKind): string[] {
  return attacks.filter((each) => each.kind === kind).map(({ name }) => name);
}

/** The highest of them; where nothing was played, infinite, and so missed. */
function worstOf(all: readonly Of[]): Of & { readonly among: number } {
  const none = { attack: 'none was played', value: Infinity };
  const [first = none, ...others] = all;
  const worst = others.reduce((most, each) => (each.value > most.value ? each : most), first);
  return { ...worst, among: all.length };
}

function atWorst(
  name: string,
  { attack, value, among }: ReturnType<typeof worstOf>,
  most: number,
  unit: string,
) {
  return atMost(`${name} of the worst of ${among} (${attack})`, value, most, unit);
}

function late(losses: readonly Loss[], figureOf: (loss: Loss) => number): number {
  return losses.length === 0 ? Infinity : quantile(losses.map(figureOf), 0.95);
}

function lost(losses: readonly Loss[]): number {
  return losses.reduce((sum, { people }) => sum + people, 0);
}
