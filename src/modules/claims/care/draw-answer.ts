import type { Answer } from '../../access/index.ts';
import { answerUndrawn, type Drawn, headersOf } from '../../rights/index.ts';

type Disclosed = Pick<Extract<Drawn, { outcome: 'disclosed' }>, 'entry' | 'allowance'>;
type Undrawn = Exclude<Drawn, { outcome: 'disclosed' }>;

/** The answer to whoever asked for a person: what `tell` makes of it, or why nothing is told. */
export function answerDrawn<Told extends Disclosed & { readonly outcome: 'disclosed' | 'received' }>(
  drawn: Undrawn | Told,
  status: number,
  tell: (told: Told) => unknown,
): Answer {
  if (drawn.outcome === 'refused' || drawn.outcome === 'unknown') return answerUndrawn(drawn);
  return { status, body: tell(drawn), headers: headersOf(drawn) };
}
