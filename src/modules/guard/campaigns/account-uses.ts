import type { FollowedEntry } from '../fold/followed-entry.ts';
import type { AttributeTable } from './attribute-table.ts';
import * as figures from './figures.ts';
import { beginKey, isNew, keyOf, type LinkedAccount, rhythmKey, type Use } from './linked-account.ts';

/** What an account uses at a lookup: whether it is new to it. */
export type AtLookup = {
  readonly network: Use | undefined;
  readonly client: Use | undefined;
  readonly begunAt: number;
};

type UseFamily = 'network' | 'client';

function usesOf(of: LinkedAccount, family: UseFamily): Use[] {
  return family === 'network' ? of.networks : of.clients;
}

/** Notes what an account uses, in its own memory and in the table of all. */
export function noteUses(
  table: AttributeTable,
  of: LinkedAccount,
  entry: FollowedEntry,
  isLearning: boolean,
): AtLookup {
  const at = entry.at;
  const noted = { of, at, isLearning };
  const network = noteUse(table, noted, { family: 'network', value: entry.network });
  const client = noteUse(table, noted, { family: 'client', value: entry.client });
  const known = of.sessions.find(({ session }) => session === entry.session);
  if (known !== undefined || entry.session === 0) return { network, client, begunAt: known?.begunAt ?? 0 };
  const isFromNew = [network, client].some((use) => use !== undefined && isNew(use, at));
  const begunAt = isFromNew ? at : 0;
  of.sessions.push({ session: entry.session, begunAt });
  if (begunAt > 0) table.add(beginKey(begunAt));
  if (of.sessions.length > figures.sessionsMost) dropSession(table, of, 0);
  return { network, client, begunAt };
}

function noteUse(
  table: AttributeTable,
  { of, at, isLearning }: { of: LinkedAccount; at: number; isLearning: boolean },
  { family, value }: { family: UseFamily; value: number },
): Use | undefined {
  if (value === 0) return undefined;
  const uses = usesOf(of, family);
  for (const use of uses) {
    if (use.value !== value) continue;
    use.lastAt = at;
    return use;
  }
  const use = { value, firstAt: at, lastAt: at, isUsual: isLearning && uses.length === 0 };
  uses.push(use);
  table.add(keyOf(family, value));
  const most = family === 'network' ? figures.networksMost : figures.clientsMost;
  // What it has worked with longest stays: a thief who changes homes does not make its own desk new to it.
  if (uses.length > most) dropUse(table, { of, family, place: 1 });
  return use;
}

function dropUse(
  table: AttributeTable,
  { of, family, place }: { of: LinkedAccount; family: UseFamily; place: number },
): void {
  const uses = usesOf(of, family);
  const [use] = uses.splice(place, 1);
  if (use === undefined) return;
  const key = keyOf(family, use.value);
  forgetDrawn(table, of, (each) => each === key);
  table.remove(key);
}

function dropSession(table: AttributeTable, of: LinkedAccount, place: number): void {
  const [gone] = of.sessions.splice(place, 1);
  if (gone === undefined || gone.begunAt === 0) return;
  const key = beginKey(gone.begunAt);
  const isLast = !of.sessions.some(({ begunAt }) => begunAt > 0 && beginKey(begunAt) === key);
  if (isLast) forgetDrawn(table, of, (each) => each === key);
  table.remove(key);
}

/** Takes an account out of what strangers were drawn under. */
export function forgetDrawn(
  table: AttributeTable,
  of: LinkedAccount,
  isGone: (key: number) => boolean,
): void {
  const gone = of.drawn.filter(([key]) => isGone(key));
  if (gone.length === 0) return;
  of.drawn = of.drawn.filter(([key]) => !isGone(key));
  for (const [key] of gone) table.forget(key, of.account);
}

/**
 * Whatever an account is alike in is usual from now on: what it uses, when its sessions began, how it drew. A
 * session that goes on, and a rhythm already learnt, would link it anew at its next stranger.
 */
export function makeUsual(table: AttributeTable, of: LinkedAccount): void {
  for (const use of [...of.networks, ...of.clients]) use.isUsual = true;
  for (const { begunAt } of of.sessions) if (begunAt > 0) table.remove(beginKey(begunAt));
  of.sessions = of.sessions.map(({ session }) => ({ session, begunAt: 0 }));
  const rhythm = rhythmKey(of);
  Object.assign(of, { gaps: 0, gapMean: 0, gapSpread: 0, strangerAt: 0, draws: [], people: 0 });
  moveRhythm(table, of, rhythm);
  forgetDrawn(table, of, () => true);
}

/** What a stranger was drawn under: attributes that are new to the account, and its rhythm. */
export function keysAt({ network, client, begunAt }: AtLookup, of: LinkedAccount, at: number): number[] {
  const keys: number[] = [];
  if (network !== undefined && isNew(network, at)) keys.push(keyOf('network', network.value));
  if (client !== undefined && isNew(client, at)) keys.push(keyOf('client', client.value));
  if (begunAt > 0 && at - begunAt <= figures.newUs) keys.push(beginKey(begunAt));
  const rhythm = rhythmKey(of);
  if (rhythm !== 0) keys.push(rhythm);
  return keys;
}

/** Moves an account's rhythm in the table when it is another one now. */
export function moveRhythm(table: AttributeTable, of: LinkedAccount, before: number): void {
  const now = rhythmKey(of);
  if (now === before) return;
  if (before !== 0) {
    forgetDrawn(table, of, (key) => key === before);
    table.remove(before);
  }
  if (now !== 0) table.add(now);
}

/** Forgets what is too old at the beginning of a day; whether anything of the account is left. */
export function forgetOld(table: AttributeTable, of: LinkedAccount, now: number): boolean {
  for (const family of ['network', 'client'] as const) {
    const uses = usesOf(of, family);
    for (let place = uses.length - 1; place >= 0; place -= 1) {
      const use = uses[place] as Use;
      if (now - use.lastAt > figures.activeUs) dropUse(table, { of, family, place });
      else if (!isNew(use, now)) forgetDrawn(table, of, (key) => key === keyOf(family, use.value));
    }
  }
  for (let place = of.sessions.length - 1; place >= 0; place -= 1) {
    const { begunAt } = of.sessions[place] as LinkedAccount['sessions'][number];
    if (begunAt > 0 && now - begunAt > figures.newUs) dropSession(table, of, place);
  }
  if (of.drawn.length === 0) {
    of.people = 0;
    of.draws = [];
  }
  if (now - of.at <= figures.activeUs) return true;
  const rhythm = rhythmKey(of);
  if (rhythm !== 0) table.remove(rhythm);
  return false;
}

/** All that an account adds to the table, as after a restart. */
export function addToTable(table: AttributeTable, of: LinkedAccount): void {
  for (const { value } of of.networks) table.add(keyOf('network', value));
  for (const { value } of of.clients) table.add(keyOf('client', value));
  for (const { begunAt } of of.sessions) if (begunAt > 0) table.add(beginKey(begunAt));
  const rhythm = rhythmKey(of);
  if (rhythm !== 0) table.add(rhythm);
}
