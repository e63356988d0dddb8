import { outcomes } from '../../src/modules/ledger/index.ts';
import type { Attack } from './attacks.ts';
import type { Defence } from './defence.ts';
import { type Doing, isAsked } from './doing.ts';
import { dayOf, type GuardedRecord, theGuard } from './guarded-record.ts';
import { came } from './lean-allowance.ts';
import { inTime } from './population.ts';

/** What came of one stolen account. */
export type Loss = {
  readonly account: number;
  /** Different people, unknown to the account, whom the thief was told of. */
  readonly people: number;
  /** The same, when the account was first contained; undefined if it never was. */
  readonly peopleBefore: number | undefined;
  /** From the thief's first lookup, and from the tenth person, to the first containment. */
  readonly secondsTo: number | undefined;
  readonly secondsAfterTenth: number | undefined;
};

/** What is played: who does what, in order of time, before a record and whoever watches. */
export type Scene = {
  readonly attack: Attack;
  readonly record: GuardedRecord;
  readonly defence: Defence;
  readonly doings: readonly Doing[];
};

/** A machine that is only refused gives up after so many lookups in a row. */
const givesUpAfter = 60;
const answersAfterMicros = 30_000_000;

type Told = {
  readonly people: Set<number>;
  firstAt: number;
  tenthAt: number;
  refused: number;
  containedAt: number;
  peopleBefore: number;
  challengedAt: number;
};

type AllTold = Map<number, Told>;

/** Merges what owners and thieves do. */
export function mergeDoings(lists: readonly (readonly Doing[])[]): Doing[] {
  return lists.flat().sort(inTime);
}

/** Plays an attack to its end, and counts what each account lost. */
export function playAttack(scene: Scene): Loss[] {
  const told: AllTold = new Map(scene.doings.map(({ account }) => [account, newTold()]));
  for (const doing of scene.doings) {
    const of = told.get(doing.account) as Told;
    if (doing.byThief && of.refused >= givesUpAfter) continue;
    // The owner, or an insider, shows the passkey when asked; a thief has none.
    const answers = (!doing.byThief || scene.attack.isInsider) && isAsked(doing);
    if (answers && scene.record.standingOf(doing.account) === 1 && doing.at > of.challengedAt)
      watch(scene, told, scene.record.changeStanding(doing.account, 0, { who: doing.account, at: doing.at }));
    play(scene, told, doing);
  }
  return [...told].map(([account, of]) => lossOf(account, of));
}

function play(scene: Scene, told: AllTold, doing: Doing): void {
  const of = told.get(doing.account) as Told;
  const isStranger =
    doing.byThief &&
    doing.person >= 0 &&
    !scene.record.allowanceOf(doing.account).knows(doing.person, dayOf(doing.at));
  const { entry } = scene.record.keep(doing);
  if (entry === undefined) return;
  if (doing.byThief && isAsked(doing)) {
    if (of.firstAt === 0) of.firstAt = entry.at;
    of.refused = entry.outcome === outcomes.refused ? of.refused + 1 : 0;
    if (isStranger && entry.outcome === outcomes.disclosed && entry.reason === came.disclosed)
      of.people.add(doing.person);
    if (of.people.size === 10 && of.tenthAt === 0) of.tenthAt = entry.at;
  }
  watch(scene, told, entry);
}

function watch(scene: Scene, told: AllTold, entry: Parameters<Defence['see']>[0]): void {
  const { defence } = scene;
  const asked = defence.see(entry);
  const others = [...(defence.others?.() ?? [])];
  contain(scene, told, { account: entry.account, asked, at: entry.at, isOwn: true });
  for (const [account, level] of others)
    if (account !== entry.account)
      contain(scene, told, { account, asked: level, at: entry.at, isOwn: false });
}

function contain(
  { attack, record, defence }: Scene,
  told: AllTold,
  step: { readonly account: number; readonly asked: number; readonly at: number; readonly isOwn: boolean },
): void {
  const { account, asked, at, isOwn } = step;
  const of = told.get(account);
  if (of === undefined || asked <= record.standingOf(account)) return;
  if (asked === 1) of.challengedAt = at + answersAfterMicros;
  const contains = asked > 1 || !attack.isInsider;
  // Some are contained because of others before the thief comes to them.
  const isStolen = of.firstAt > 0 || (!isOwn && asked > 1);
  if (contains && isStolen && of.containedAt === 0) {
    of.containedAt = at;
    of.peopleBefore = of.people.size;
  }
  defence.see(record.changeStanding(account, asked, { who: theGuard, at }));
}

function newTold(): Told {
  return {
    people: new Set(),
    firstAt: 0,
    tenthAt: 0,
    refused: 0,
    containedAt: 0,
    peopleBefore: 0,
    challengedAt: 0,
  };
}

function lossOf(account: number, of: Told): Loss {
  const isContained = of.containedAt > 0;
  const after = of.tenthAt > 0 && isContained ? Math.max(0, (of.containedAt - of.tenthAt) / 1e6) : undefined;
  return {
    account,
    people: of.people.size,
    peopleBefore: isContained ? of.peopleBefore : undefined,
    secondsTo: isContained ? Math.max(0, (of.containedAt - of.firstAt) / 1e6) : undefined,
    secondsAfterTenth: after,
  };
}
