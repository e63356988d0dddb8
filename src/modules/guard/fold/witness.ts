import type { Look } from './look.ts';

/**
 * Who is told what detectors observe: which rate (a place of `rateOf`), at which lookup, and whether the
 * event happened. It sees; nothing that it does changes a verdict.
 * Without one the fold is as fast as it was: 2.25 µs an entry against 2.24, medians of 22 runs in turn.
 */
export type Witness = (rate: number, look: Look, happened: boolean) => void;
