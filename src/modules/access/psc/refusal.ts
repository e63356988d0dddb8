/** Why a sign-in by the provider came to no end: for the log, and never with whom it was about. */
export const refusalCauses = [
  'no-round-trip',
  'used-before',
  'declined',
  'provider-away',
  'provider-elsewhere',
  'answer-refused',
  'token-refused',
  'level-too-low',
  'no-professional-number',
  'numbers-differ',
  'nobody-here',
  'choice-refused',
  'network-blocked',
] as const;
export type RefusalCause = (typeof refusalCauses)[number];

/** An expected trouble of this sign-in: told to everybody alike, its cause to the log. */
export class PscRefusal extends Error {
  readonly refusal: RefusalCause;
  /** A code of the library or of OAuth, when there is one. */
  readonly code: string | null;

  constructor(refusal: RefusalCause, trouble?: unknown) {
    super(refusal);
    this.refusal = refusal;
    this.code = codeOf(trouble);
  }
}

/** Closed words only: what a provider writes in its messages may name somebody. */
function codeOf(trouble: unknown): string | null {
  const told = trouble as { code?: unknown; error?: unknown; cause?: { claim?: unknown } } | undefined;
  const words = [told?.code, told?.error, told?.cause?.claim].filter(
    (word): word is string => typeof word === 'string' && /^[A-Za-z_]{1,60}$/.test(word),
  );
  return words.length === 0 ? null : words.join(' ');
}
