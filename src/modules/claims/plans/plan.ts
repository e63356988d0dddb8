import type { ContractVersion } from '../guarantees/contract-document.ts';

/** A published plan: the document of a contract's guarantees, from a day of care on. */
export type Plan = ContractVersion & { readonly id: number; readonly insurer: number };
