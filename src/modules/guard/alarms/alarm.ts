/** What can be wrong with the guard or with what it is given. */
export const alarmKinds = ['detector-throws', 'claims-silent', 'geography-missing', 'guard-behind'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/**
 * From when on an alarm is raised and when it is cleared; between the two nothing changes, so that none comes
 * and goes. All of these figures are assumed.
 */
export const guardLimits = {
  /** Throwing is rare or constant: an alarm that a quiet night cleared would come back every morning. */
  quietHours: 24,
  /** Of the lanes where people are drawn, those whose claims are missing. */
  lanesSilent: { raised: 1 / 2, cleared: 1 / 4 },
  /** Lookups whose number told no département. People born abroad are about one of eight in France. */
  placesMissing: { raised: 0.9, cleared: 0.5 },
  /** How late the guard is, or since when nothing was heard of it. */
  behindSeconds: { raised: 60, cleared: 15 },
} as const;

/** What was seen of one thing. `between` leaves an alarm as it is; `entries`: how many more it is about. */
export type Sign = {
  readonly kind: AlarmKind;
  /** A detector's number; 0 for what is about none. */
  readonly detector: number;
  readonly is: 'on' | 'between' | 'off';
  readonly entries: number;
};

/** What a lane tells of its inputs. */
export type LaneInputs = {
  readonly claimsMissing: boolean;
  readonly hearsDraws: boolean;
  readonly placesMissing: number | null;
};

/** What the inputs of all lanes together are a sign of. */
export function inputSigns(lanes: readonly LaneInputs[]): Sign[] {
  const drawing = lanes.filter(({ hearsDraws }) => hearsDraws);
  const silent = drawing.filter(({ claimsMissing }) => claimsMissing).length / drawing.length;
  const shares = lanes.flatMap(({ placesMissing }) => (placesMissing === null ? [] : [placesMissing]));
  const missing = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return [
    { kind: 'claims-silent', detector: 0, is: compare(silent, guardLimits.lanesSilent), entries: 0 },
    { kind: 'geography-missing', detector: 0, is: compare(missing, guardLimits.placesMissing), entries: 0 },
  ];
}

/** What detectors that threw since the last look are a sign of; those that did not may be well again. */
export function throwSigns(
  thrown: readonly { readonly detector: number; readonly entries: number }[],
): Sign[] {
  return thrown.map(({ detector, entries }) => {
    return { kind: 'detector-throws', detector, is: entries > 0 ? 'on' : 'off', entries };
  });
}

/** What the guard's lag is a sign of; a guard that never worked is nobody's alarm. */
export function lagSigns(lag: {
  readonly behind: number;
  readonly behindSeconds: number;
  readonly quietSeconds: number | null;
}): Sign[] {
  if (lag.quietSeconds === null) return [];
  const late = Math.max(lag.behindSeconds, lag.quietSeconds);
  return [
    { kind: 'guard-behind', detector: 0, is: compare(late, guardLimits.behindSeconds), entries: lag.behind },
  ];
}

function compare(value: number, limit: { readonly raised: number; readonly cleared: number }): Sign['is'] {
  // Of nothing nothing is known.
  if (Number.isNaN(value)) return 'between';
  return value > limit.raised ? 'on' : value < limit.cleared ? 'off' : 'between';
}
