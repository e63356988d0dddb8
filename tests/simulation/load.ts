import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk } from '../../world/desk.ts';
import { Random } from '../../world/random.ts';
import { lookUp, type Received } from './client.ts';
import type { Asked } from './own-database.ts';

/** What is asked, by whom, and of which servers: the list changes while they die and come back. */
export type LoadPlan = {
  readonly seed: number;
  readonly clients: number;
  readonly asked: readonly Asked[];
  readonly desks: readonly Desk[];
  servers(): readonly string[];
};

/** A load that runs until it is told to stop. */
export type Load = {
  readonly received: readonly Received[];
  /** The next accounts come to work: those before them have drawn what they may. */
  nextDesks(): void;
  stop(): Promise<void>;
};

const desksAtWork = 3;
/** People are few enough for an account to meet the same one again, which is free. */
const mix = { unknown: 0.05, again: 0.3 };

/** Starts clients that ask one lookup after the other: new people, the same again, unknown ones. */
export function startLoad(plan: LoadPlan): Load {
  const received: Received[] = [];
  let shift = 0;
  let running = true;
  const work = async (client: number) => {
    const random = new Random(plan.seed, 0x6c6f6164, client);
    const one = <T>(items: readonly T[]): T => items[random.between(0, items.length - 1)] as T;
    while (running) {
      const servers = plan.servers();
      // Everything is down: a client tries again a little later.
      if (servers.length === 0) await sleep(5);
      if (servers.length === 0) continue;
      const desk = plan.desks[(shift + random.between(0, desksAtWork - 1)) % plan.desks.length] as Desk;
      const asked = random.chance(mix.again) ? one(plan.asked.slice(0, 8)) : one(plan.asked);
      const answer = random.chance(mix.unknown)
        ? await lookUp(one(servers), desk, unknownOf(asked, random), null)
        : await lookUp(one(servers), desk, asked);
      if (answer !== undefined) received.push(answer);
      if (answer === undefined || answer.status >= 500) await sleep(5);
    }
  };
  const clients = Array.from({ length: plan.clients }, (_, client) => work(client));
  return {
    received,
    nextDesks: () => {
      shift += 1;
    },
    async stop() {
      running = false;
      await Promise.all(clients);
    },
  };
}

function unknownOf({ body }: Asked, random: Random): Asked {
  return { subject: '', body: { ...body, birthDate: `190${random.between(3, 9)}-01-02` } };
}
