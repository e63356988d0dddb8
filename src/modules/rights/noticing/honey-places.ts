import { runText, type SortedNumbers } from './number-list.ts';

/** A walk through numbers, up or down from somebody's, meets one within so many where one fits at all. */
export const walkMost = 20;
// Not at a fixed distance: whoever learnt it would step over them.
const stepLeast = 12;
const stepRange = 6;
const ordersMost = 999;

/** As many as servers keep in memory without noticing: 1.6 MB. */
export const honeyMost = 100_000;

/** Where honey persons go, and how much of what was given they stand beside. */
export type HoneyPlaces = {
  readonly numbers: readonly string[];
  /** How many real numbers have one within twenty above them, and how many there are. */
  readonly guarded: number;
  readonly people: number;
};

/**
 * Numbers in the gaps of runs (one sex, month and commune), the densest runs first. None is anybody's of
 * those given, nor could it be typed for one of theirs: two characters differ at least, and more than by
 * changing places. So where every order around is somebody's, none fits.
 */
export function chooseHoney(
  real: SortedNumbers,
  { most, random = Math.random }: { readonly most: number; readonly random?: () => number },
): HoneyPlaces {
  const numbers: string[] = [];
  let guarded = 0;
  for (const { run, orders } of densestFirst(real)) {
    if (numbers.length >= most) break;
    const text = runText(run);
    const numberOf = (order: number) => text + String(order).padStart(3, '0');
    const known = new Map<number, boolean>();
    const fits = (order: number) => {
      const before = known.get(order);
      if (before !== undefined) return before;
      const fitting = !orders.has(order) && !real.hasNear(numberOf(order));
      known.set(order, fitting);
      return fitting;
    };
    const placed = placesIn(orders, fits, random);
    numbers.push(...placed.map(numberOf));
    for (const order of orders) {
      if (placed.some((each) => each > order && each <= order + walkMost)) guarded += 1;
    }
  }
  const kept = numbers.slice(0, most);
  return { numbers: kept, guarded, people: real.codes.length };
}

/** Orders for one run: from twenty below its first to twenty above its last, and nowhere far from both. */
function placesIn(
  orders: ReadonlySet<number>,
  fits: (order: number) => boolean,
  random: () => number,
): number[] {
  const placed: number[] = [];
  const near = new Uint8Array(ordersMost + 1);
  for (const order of orders) near.fill(1, Math.max(1, order - walkMost), order + walkMost + 1);
  const isFitting = (order: number) => near[order] === 1 && fits(order);
  let last = Math.max(0, near.indexOf(1) - 1);
  let isBarren = false;
  while (last < ordersMost) {
    // After twenty where none fits, the first that does: somebody before it is within twenty of no other.
    const wanted = isBarren ? last + 1 : last + stepLeast + Math.floor(random() * stepRange);
    const next = nearestTo(wanted, { last, fits: isFitting });
    isBarren = next === null;
    if (next !== null) placed.push(next);
    last = next ?? last + walkMost;
  }
  return placed;
}

function nearestTo(
  wanted: number,
  { last, fits }: { readonly last: number; readonly fits: (order: number) => boolean },
): number | null {
  for (let away = 0; away < walkMost; away += 1) {
    for (const order of away === 0 ? [wanted] : [wanted + away, wanted - away]) {
      if (order <= last || order > last + walkMost || order > ordersMost) continue;
      if (fits(order)) return order;
    }
  }
  return null;
}

function* densestFirst(
  real: SortedNumbers,
): Generator<{ readonly run: number; readonly orders: ReadonlySet<number> }> {
  const { codes } = real;
  const starts: number[] = [];
  for (let at = 0; at < codes.length; at += 1) {
    if (at === 0 || runOf(codes[at]) !== runOf(codes[at - 1])) starts.push(at);
  }
  const runs = starts.map((from, index) => ({ from, to: starts[index + 1] ?? codes.length }));
  runs.sort((one, other) => other.to - other.from - (one.to - one.from));
  for (const { from, to } of runs) {
    const orders = new Set(codes.subarray(from, to).map((code) => code % 1_000));
    yield { run: runOf(codes[from]), orders };
  }
}

function runOf(code: number | undefined): number {
  return Math.floor((code ?? 0) / 1_000);
}
