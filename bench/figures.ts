/**
 * One variant measured: the median of its runs. p50 and p99 are latencies in milliseconds, medians over
 * the runs.
 */
export type Variant = {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly runs: readonly number[];
};

/** A figure somebody asked for. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly met: boolean;
};

export type Measured = {
  readonly variants: readonly Variant[];
  readonly figures: readonly Figure[];
  /** What does not fit a variant or a figure, as Markdown. */
  readonly tables?: readonly string[];
};

/** What the command line asks of a bench. */
export type BenchOptions = {
  readonly people: number;
  readonly seconds: number;
  readonly accounts: number;
  readonly days: number;
  /** Which part of a bench that has several. */
  readonly part: string;
  readonly seed: number;
  /** How many people show their card; undefined is as each profession has it. */
  readonly presence: number | undefined;
  readonly say: (line: string) => void;
};
export type BenchResult = Measured & {
  readonly bench: string;
  readonly commit: string;
  readonly machine: string;
};

/** The middle value; of an even number, the lower of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
}

/** A figure that must reach a bound. */
export function atLeast(name: string, value: number, bound: number, unit = '×'): Figure {
  return { name, value, unit, atLeast: bound, met: value >= bound };
}

/** A figure that must stay under a bound. */
export function atMost(name: string, value: number, bound: number, unit: string): Figure {
  return { name, value, unit, atMost: bound, met: value <= bound };
}
