import type { Keys } from '../src/modules/vault/index.ts';
import type { Database } from '../src/platform/database/connect.ts';
import type { Country } from './country.ts';
import { atLeast, type Measured, median } from './figures.ts';
import { fromSession, type Load, runLoad, type Sent } from './load.ts';
import { DeskSoftware } from './software.ts';

const connections = 256;
const rounds = 5;
const warmUpSeconds = 4;
/** More proofs than a server can take: those that are left over were made for nothing. */
const proofsPerSecond = 6000;

type Options = { readonly seconds: number; say(line: string): void };

/** Lookups with a proof for each against lookups from sessions, in turn on one server. */
export async function benchProof(
  use: { readonly db: Database; readonly keys: Keys; readonly country: Country },
  url: string,
  { seconds, say }: Options,
): Promise<Measured> {
  const software = new DeskSoftware();
  await software.register(use, use.country.desks);
  // The way of proofs is warmed up as the way of sessions was.
  await software.fetchTokens(url);
  const warmUp = software.prepare(use.country, proofsPerSecond * warmUpSeconds);
  await runLoad(url, takeFrom(warmUp), { connections, seconds: warmUpSeconds });
  const [session, proven]: [Load[], Load[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    await software.fetchTokens(url);
    session.push(await runLoad(url, fromSession(use.country), { connections, seconds }));
    const prepared = software.prepare(use.country, proofsPerSecond * seconds);
    proven.push(await runLoad(url, takeFrom(prepared), { connections, seconds }));
    const [one, other] = [session.at(-1), proven.at(-1)].map((load) => Math.round(load?.perSecond ?? 0));
    say(`from sessions ${one}/s, with proofs ${other}/s, ${proven.at(-1)?.failed} failed`);
  }
  const variant = (name: string, loads: readonly Load[]) => {
    const runs = loads.map(({ perSecond }) => perSecond);
    return { name: `${name}, ${connections} connections`, unit: '/s' as const, median: median(runs), runs };
  };
  const ratios = proven.map(({ perSecond }, round) => perSecond / (session[round]?.perSecond ?? 1));
  return {
    variants: [variant('(e) guarded, from sessions', session), variant('(f) guarded, with proofs', proven)],
    figures: [atLeast('f / e: a proof for each lookup, against a session', median(ratios), 0.7)],
  };
}

function takeFrom(prepared: Sent[]): () => Sent {
  return () => {
    const next = prepared.pop();
    if (next === undefined) throw new Error('too few proofs were made');
    return next;
  };
}
