import { type Rejection, rejectionWords } from '../adjudicating/rejections.ts';
import { type ClaimSignal, claimSignalWords } from '../adjudicating/signals.ts';

/** What an invented insurer does with the claims of a person, whatever they say. */
export type Scenario =
  | { readonly rejects: Rejection }
  | { readonly signals: ClaimSignal }
  /** It looks at a claim again and again, and answers once so long has passed since the claim came in. */
  | { readonly waitsSeconds: number; readonly awaySeconds: number };

/** A scenario as it is kept: a word of a closed list. */
export type ScenarioWord = 'slow' | 'down' | `rejects-${Rejection}` | `signals-${ClaimSignal}`;

/** Every scenario by its word. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map<ScenarioWord, Scenario>([
  ['slow', { waitsSeconds: 30, awaySeconds: 30 }],
  ['down', { waitsSeconds: 60, awaySeconds: 3600 }],
  ...rejectionWords.map((rejects) => [`rejects-${rejects}`, { rejects }] as const),
  ...claimSignalWords.map((signals) => [`signals-${signals}`, { signals }] as const),
]);

/** In how many seconds a claim is looked at again, or null when it is decided now. */
export function waitOf(
  scenario: Scenario | undefined,
  { receivedAt, now }: { readonly receivedAt: Date; readonly now: bigint },
): number | null {
  if (scenario === undefined || !('waitsSeconds' in scenario)) return null;
  const leftMs = receivedAt.getTime() + scenario.awaySeconds * 1000 - Number(now / 1000n);
  return leftMs <= 0 ? null : Math.min(scenario.waitsSeconds, Math.ceil(leftMs / 1000));
}
