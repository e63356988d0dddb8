import { setTimeout as wait } from 'node:timers/promises';
import type { AccountTools } from '../../src/modules/access/index.ts';
import { readLag, readSettings, watchAccounts } from '../../src/modules/guard/index.ts';
import type { Clock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import { type HeldLocks, holdLocks } from '../../src/platform/database/locks.ts';
import { Failure } from '../../src/platform/errors.ts';
import { type AccountLine, LineCount } from './account-line.ts';
import { readTargets } from './read-targets.ts';
import { lookupsBefore, type RobTools, robAccount, workBefore } from './rob-account.ts';
import type { Scenario } from './scenarios.ts';
import { Sessions } from './sessions.ts';
import { type Chosen, chooseAccounts, describeStolen, type Stolen } from './steal-accounts.ts';

/** What a replay works with: the server's own database, and its address. */
export type ReplayTools = AccountTools & {
  readonly clock: Pick<Clock, 'now'>;
  readonly url: string;
  readonly origin: string;
};

/** What is replayed: `speed` times as fast as the scenario is written. */
export type AskedReplay = { readonly scenario: Scenario; readonly accounts: number; readonly speed: number };

/** `preparing`: the accounts' holders are at work; `over`: no thief gets anything any more. */
export type Phase = 'preparing' | 'playing' | 'over' | 'stopped' | 'failed';

/** Why a replay failed: the server did not take its sessions, or something else; more of it, in English. */
export type ReplayTrouble = { readonly is: 'refused' | 'unexpected'; readonly detail: string };

/** A replay as it stands. */
export type ReplayView = {
  readonly scenario: string;
  readonly speed: number;
  readonly phase: Phase;
  /** Why it failed. */
  readonly trouble: ReplayTrouble | null;
  readonly startedAt: Date;
  /** Since the first thief began. */
  readonly seconds: number;
  /** Whether the server sees the thieves come from networks of their own. */
  readonly hasNetworks: boolean;
  readonly people: number;
  readonly lines: readonly AccountLine[];
};

/** One replay: it goes on until it is over, stopped, or its process ends. */
export type Replay = {
  view(): ReplayView;
  stop(): void;
  /** Resolves when it is at its end, whatever that is. */
  readonly ended: Promise<void>;
};

/** Held while one is played, by whichever process: one that dies lets go of it. */
const replayLock = { name: 'vigie replay' };
const guardQuietSeconds = 15;
const patienceMs = 8_000;
const lookEveryMs = 250;

/** Begins a replay, or fails with `replay-refused` and what is missing. */
export async function startReplay(tools: ReplayTools, asked: AskedReplay): Promise<Replay> {
  await checkGuard(tools.db);
  const held = await holdLocks(tools.db, [replayLock]);
  if (held === null) throw refused('A theft is being replayed here already: one at a time.');
  try {
    const chosen = await chooseAccounts(tools.db, asked.accounts);
    return new Playing(tools, asked, { held, chosen });
  } catch (error) {
    await held.release();
    throw error;
  }
}

/** Whether the guard works here and acts; what is heard of it is up to three seconds old. */
export async function guardStands(db: Database): Promise<'acts' | 'watches' | 'off'> {
  const { quietSeconds } = await readLag(db);
  if (quietSeconds === null || quietSeconds > guardQuietSeconds) return 'off';
  return (await readSettings(db)).isShadow ? 'watches' : 'acts';
}

async function checkGuard(db: Database): Promise<void> {
  // A server that has just begun has not said anything yet.
  const isOn = await until(async () => (await guardStands(db)) !== 'off');
  if (!isOn) {
    throw refused(
      'The guard is off, or silent, and nothing would stop the thieves: start without VIGIE_GUARD=off.',
    );
  }
  if ((await guardStands(db)) === 'watches')
    throw refused('The guard only watches: let it act first (operations, the guard’s settings).');
}

class Playing implements Replay {
  readonly ended: Promise<void>;
  readonly #tools: ReplayTools;
  readonly #asked: AskedReplay;
  readonly #held: HeldLocks;
  readonly #chosen: Chosen;
  readonly #stopping = new AbortController();
  readonly #startedAt: Date;
  #counts: readonly LineCount[];
  #phase: Phase = 'preparing';
  #trouble: ReplayTrouble | null = null;
  #hasNetworks = true;
  #beganMs: number | undefined;
  #endedMs: number | undefined;

  constructor(tools: ReplayTools, asked: AskedReplay, has: { held: HeldLocks; chosen: Chosen }) {
    this.#tools = tools;
    this.#asked = asked;
    this.#held = has.held;
    this.#chosen = has.chosen;
    this.#startedAt = new Date(Number(tools.clock.now() / 1000n));
    this.#counts = has.chosen.robbed.map((one) => this.#countFor({ ...one, knows: () => true }));
    this.ended = this.#play();
  }

  stop(): void {
    this.#stopping.abort();
  }

  view(): ReplayView {
    const lines = this.#counts.map((count) => count.line());
    const untilMs = this.#endedMs ?? performance.now();
    return {
      scenario: this.#asked.scenario.attack.name,
      speed: this.#asked.speed,
      phase: this.#phase,
      trouble: this.#trouble,
      startedAt: this.#startedAt,
      seconds: this.#beganMs === undefined ? 0 : (untilMs - this.#beganMs) / 1000,
      hasNetworks: this.#hasNetworks,
      people: lines.reduce((sum, { people }) => sum + people, 0),
      lines,
    };
  }

  async #play(): Promise<void> {
    const sessions = await Sessions.begin({ ...this.#tools, url: directUrl(this.#tools.url) });
    this.#hasNetworks = sessions.hasNetworks;
    void this.#held.lost.then(() => this.stop());
    try {
      const tools = { ...this.#tools, sessions, signal: this.#stopping.signal };
      const stolen = await this.#prepare(tools);
      await this.#rob(tools, stolen);
      this.#phase = this.#stopping.signal.aborted ? 'stopped' : 'over';
    } catch (error) {
      this.#phase = 'failed';
      this.#trouble = troubleOf(error);
    } finally {
      this.#endedMs ??= performance.now();
      await sessions.close();
      await this.#held.release();
    }
  }

  async #prepare(tools: RobTools): Promise<readonly Stolen[]> {
    const targets = await readTargets(tools);
    const { robbed, colleagues } = this.#chosen;
    const all = await describeStolen(tools.db, [...robbed, ...colleagues], targets);
    const [stolen, others] = [all.slice(0, robbed.length), all.slice(robbed.length)];
    this.#counts = stolen.map((one) => this.#countFor({ ...one, profession: one.profession.code }));
    const atWork = [
      ...stolen.map((one) => workBefore(tools, one, lookupsBefore.robbed)),
      ...others.map((one) => workBefore(tools, one, lookupsBefore.colleague)),
    ];
    const statuses = (await Promise.all(atWork)).flat();
    if (statuses.some((status) => status === 401 || status === 403)) {
      const { url, origin } = this.#tools;
      throw refused(
        `The server at ${url} does not take sessions of this database, from ${origin}: set VIGIE_URL to ` +
          'the address it answers at, and VIGIE_PUBLIC_URL as it has it.',
      );
    }
    return stolen;
  }

  async #rob(tools: RobTools, stolen: readonly Stolen[]): Promise<void> {
    if (tools.signal.aborted) return;
    const { scenario, speed } = this.#asked;
    const { attack } = scenario;
    // Each replay from other networks, and with another list.
    const campaign = this.#startedAt.getTime() % 1_000;
    this.#phase = 'playing';
    this.#beganMs = performance.now();
    const watching = new AbortController();
    const watched = this.#watch(watching.signal);
    try {
      await Promise.all(
        stolen.map(async (one, which) => {
          const count = this.#counts[which] as LineCount;
          await robAccount(tools, { attack, campaign, which, speed }, { stolen: one, count });
          if (count.end === null) count.end = 'stopped';
        }),
      );
      this.#endedMs = performance.now();
      await until(async () => tools.signal.aborted || (await readLag(tools.db)).behind === 0);
    } catch (error) {
      this.stop();
      throw error;
    } finally {
      watching.abort();
      await watched;
    }
    await this.#look();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // What is not read now is read at the next look, or by the last one, which must not fail.
      await this.#look().catch(() => {});
      await wait(lookEveryMs, undefined, { signal }).catch(() => {});
    }
  }

  async #look(): Promise<void> {
    const accounts = this.#counts.map(({ account }) => account);
    const seen = await watchAccounts(this.#tools.db, { accounts, since: this.#startedAt });
    for (const count of this.#counts) count.see(seen.get(count.account) ?? { bits: 0, steps: [] });
  }

  #countFor(of: ConstructorParameters<typeof LineCount>[0]): LineCount {
    return new LineCount(of, this.#asked.scenario.attack.isInsider);
  }
}

/** By its number: the networks of thieves are addresses of this machine. */
function directUrl(url: string): string {
  return url.replace(/\/\/localhost(?=[:/]|$)/, '//127.0.0.1');
}

/** Whether something became true before patience ended. */
async function until(holds: () => Promise<boolean>): Promise<boolean> {
  const giveUpAt = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) return false;
    await wait(lookEveryMs);
  }
  return true;
}

function troubleOf(error: unknown): ReplayTrouble {
  if (error instanceof Failure) return { is: 'refused', detail: error.detail ?? error.message };
  return { is: 'unexpected', detail: error instanceof Error ? error.message : String(error) };
}

function refused(detail: string): Failure {
  return new Failure('replay-refused', { detail });
}
