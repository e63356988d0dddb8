import type { Clock } from '../../../../platform/clock.ts';
import { Failure } from '../../../../platform/errors.ts';

/** Refused attempts a minute: with one key or link from one network, and from one network at all. Assumed. */
export const throttleLimits = { named: 10, network: 300 } as const;
const windowMs = 60_000;
/** As many networks and keys as are counted; beyond, the counts begin anew. */
const countedMax = 50_000;

/** One attempt to sign in or to enrol. */
export type Attempt = {
  readonly network: number;
  /** The key or link that is tried; without one, only the network is counted. */
  readonly name?: string;
  /** Whether it was good before, from this network: asked only of a network that tries too much. */
  readonly isKnown: () => Promise<boolean>;
};

/** Does the work unless too many attempts like it were refused lately. */
export type Throttle = <T>(attempt: Attempt, work: () => Promise<T>) => Promise<T>;

type Window = { readonly until: number; refused: number };

/**
 * Counts refusals alone, in this server's memory. Nothing is guessed here (a key is 256 bits, a code has five
 * tries): it keeps a flood from costing a signature and a statement each. A house behind one address goes on
 * working while somebody in it floods: keys that signed in from there before are always heard.
 */
export function createThrottle(
  clock: Pick<Clock, 'monotonic'>,
  isRefusal: (error: unknown) => boolean = isRefusedSignIn,
): Throttle {
  const windows = new Map<string, Window>();
  const refusedOf = (name: string) => {
    const window = windows.get(name);
    return window !== undefined && window.until > clock.monotonic() ? window.refused : 0;
  };
  const note = (name: string) => {
    const window = windows.get(name);
    const now = clock.monotonic();
    if (window !== undefined && window.until > now) window.refused += 1;
    else {
      if (windows.size >= countedMax) windows.clear();
      windows.set(name, { until: now + windowMs, refused: 1 });
    }
  };
  return async ({ network, name, isKnown }, work) => {
    const house = `${network}`;
    const named = name === undefined ? undefined : `${network}|${name}`;
    const isFlood = refusedOf(house) >= throttleLimits.network && !(await isKnown());
    if (isFlood || (named !== undefined && refusedOf(named) >= throttleLimits.named)) {
      throw new Failure('too-many-attempts', { headers: { 'retry-after': '60' } });
    }
    try {
      return await work();
    } catch (error) {
      if (isRefusal(error)) {
        note(house);
        if (named !== undefined) note(named);
      }
      throw error;
    }
  };
}

function isRefusedSignIn(error: unknown): boolean {
  return error instanceof Failure && ['passkey-refused', 'invitation-refused'].includes(error.code);
}
