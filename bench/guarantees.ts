import { readFileSync } from 'node:fs';
import { type Act, payFor, readContract } from '../src/modules/claims/index.ts';
import { atLeast, type Measured, median } from './figures.ts';
import type { BenchOptions } from './lookup.ts';

const rounds = 5;
/** Acts of one invoice. */
const linesEach = 5;

const kinds = [
  { kind: 'consultation', price: 6000, base: 3000 },
  { kind: 'laboratory', price: 2750, base: 2750 },
  { kind: 'drug', price: 1240, base: 1240, drugRate: 65 },
  { kind: 'dental-prosthesis', price: 53_870, base: 12_000, basket: 'free' },
  { kind: 'optical-frame', price: 14_900, base: 5, basket: 'free' },
  { kind: 'hospital-stay', price: 373_052, base: 373_052 },
  { kind: 'daily-hospital-charge', price: 4600, base: 0, quantity: 2 },
  { kind: 'technical-act', price: 44_700, base: 27_170 },
] as const satisfies readonly Partial<Act>[];

/** How many acts one core says the shares of, explained, under a contract of a dozen guarantees. */
export async function benchGuarantees({ seconds, say }: BenchOptions): Promise<Measured> {
  const file = new URL('../docs/operating/guarantees/aubepine.yaml', import.meta.url);
  const { contract } = readContract(readFileSync(file, 'utf8'));
  const invoices = Array.from({ length: 400 }, (_none, place) => invoice(place));
  const runs: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const perSecond = run(invoices, { ...contract, since: '2020-01-01' }, (seconds * 1000) / 2);
    // The first round is for the compiler.
    if (round > 0) runs.push(perSecond);
    say(`${Math.round(perSecond)} acts/s`);
  }
  const engine = { name: 'guarantee engine, one core', unit: 'acts/s', median: median(runs), runs };
  return {
    variants: [engine],
    figures: [atLeast('guarantee engine, one core', engine.median, 50_000, 'acts/s')],
  };
}

type PaidBy = Parameters<typeof payFor>[0]['contracts'][number];

function run(invoices: readonly Act[][], contract: PaidBy, forMs: number): number {
  const start = performance.now();
  let acts = 0;
  for (let place = 0; performance.now() - start < forMs; place += 1) {
    const { shares } = payFor({
      acts: invoices[place % invoices.length] ?? [],
      practice: { sector: place % 2 === 0 ? 1 : 2, optam: place % 3 === 0 },
      situation: {
        ...{ birthDay: '1980-01-01', scheme: 'general', longIllness: place % 5 === 0 },
        ...{ maternity: false, workAccident: false },
      },
      contracts: [contract],
      used: new Map(),
      keptBefore: { participation: new Map(), franchise: new Map() },
    });
    acts += shares.length;
  }
  return (acts * 1000) / (performance.now() - start);
}

function invoice(place: number): Act[] {
  return Array.from({ length: linesEach }, (_none, line) => {
    const act = kinds[(place * 3 + line) % kinds.length] ?? kinds[0];
    const day = `2026-${String((place % 12) + 1).padStart(2, '0')}-15`;
    return { code: `C${line}`, day, quantity: 1, ...act, price: act.price + place };
  });
}
