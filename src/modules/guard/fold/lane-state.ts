/**
 * What a lane remembers beside its accounts: how its time goes, whether claims are still heard of, how
 * much more everybody of a profession does than usual, and who drew the same person. One buffer, as for
 * an account.
 */
const version = 1;
const professionMax = 32;
const detectorMax = 16;
const sketchSlots = 2048;
/** How many organisations are remembered of one person. */
const organisationMax = 4;
const slotWords = 2 + organisationMax;

const numberAt = {
  version: 0,
  seconds: 1,
  lastAt: 2,
  sinceClaim: 3,
  usualBetween: 4,
  claims: 5,
  thawedAt: 6,
};
const frozenAt = 7;
const lastCountedAt = 8;
const placed = { looks: 9, missing: 10, lastAccount: 11 };
/**
 * When a claim was last heard; who drew since, and who ever did: accounts, as sets of 32 places; how many
 * seconds of work there were since.
 */
const feed = { claimAt: 12, drawing: 13, everDrew: 14, workedSince: 15 };
const thrownAt = 16;
const surgeAt = thrownAt + detectorMax;
const numbersEnd = surgeAt + 3 * professionMax;
const laneBytes = numbersEnd * 8 + sketchSlots * slotWords * 4;

/** A gap between two entries counts as half a day at most: a clock that jumps ages nothing. */
const gapSecondsMax = 12 * 3600;
/** Claims that must have been heard before their silence means anything. */
const claimsLeast = 20;
/** Silence: so many times the usual lookups between two claims, and at least `silenceLeast`. */
const silenceTimes = 30;
const silenceLeast = 100;
/** And an hour of work: a flood of lookups within minutes is not a feed that stopped. Assumed. */
const workedLeastSeconds = 3600;
/** Longer between two entries is a night or a pause, not work. */
const workGapSeconds = 60;
/**
 * And for so long, from so many accounts, or half of those there are: neither a night nor two stolen
 * accounts that draw in turn may free anybody from detector 4. Assumed. What froze costs a whole delay more.
 */
const silenceSeconds = 16 * 3600;
const silentAccounts = { least: 3, enough: 10 } as const;
/** Over so many lookups of different accounts the share of those without a département is told. */
const placedLooks = 200;
const surgeHalfLifeSeconds = 12 * 3600;
/** A flu week brings some 40 % more; what is beyond is somebody's doing. */
const surgeMax = 1.5;
/** Fewer expected people than this, of everybody together, say nothing of a surge. */
const surgeExpectedLeast = 20;
const memorySeconds = 7 * 24 * 3600;

export class LaneState {
  readonly buffer = new ArrayBuffer(laneBytes);
  readonly numbers = new Float64Array(this.buffer, 0, numbersEnd);
  readonly sketch = new Uint32Array(this.buffer, numbersEnd * 8);

  constructor() {
    this.numbers[numberAt.version] = version;
    this.numbers[numberAt.lastAt] = -1;
    this.numbers[frozenAt] = 1;
  }

  restore(bytes: Uint8Array): void {
    if (!isLaneOfLayout(bytes))
      throw new Error(`a lane's state of ${bytes.length} bytes is not of this layout`);
    new Uint8Array(this.buffer).set(bytes);
  }

  /** Seconds that the lane lived, never backwards. */
  get seconds(): number {
    return this.number(numberAt.seconds);
  }

  passTo(at: number): void {
    const last = this.number(numberAt.lastAt);
    const gap = last < 0 ? 0 : Math.min(gapSecondsMax, Math.max(0, (at - last) / 1e6));
    this.numbers[numberAt.lastAt] = at;
    this.numbers[numberAt.seconds] = this.seconds + gap;
    this.numbers[feed.workedSince] = this.number(feed.workedSince) + Math.min(workGapSeconds, gap);
  }

  /** While claims are silent, or were never heard of, nobody is blamed for a missing one. */
  get claimsSilent(): boolean {
    return this.number(frozenAt) !== 0;
  }

  /** Since when claims are heard of again, in the lane's seconds. */
  get thawedAt(): number {
    return this.number(numberAt.thawedAt);
  }

  hearDraw(account: number): void {
    this.numbers[feed.drawing] = withAccount(this.number(feed.drawing), account);
    this.numbers[feed.everDrew] = withAccount(this.number(feed.everDrew), account);
    // One account that draws and draws is not the silence of a feed.
    if (this.number(lastCountedAt) === account) return;
    this.numbers[lastCountedAt] = account;
    const since = this.number(numberAt.sinceClaim) + 1;
    this.numbers[numberAt.sinceClaim] = since;
    if (this.claimsMissing && this.isSilenceBroad) this.numbers[frozenAt] = 1;
  }

  /** Far more people were drawn since the last claim than between two claims, and not within minutes. */
  get claimsMissing(): boolean {
    const usual = silenceTimes * this.number(numberAt.usualBetween);
    const isMany = this.number(numberAt.sinceClaim) > Math.max(silenceLeast, usual);
    return isMany && this.number(feed.workedSince) >= workedLeastSeconds;
  }

  /** Whether enough accounts drew since the last claim, for long enough, that it is no doing of a few. */
  private get isSilenceBroad(): boolean {
    const known = accountsIn(this.number(feed.everDrew));
    const asked = Math.max(silentAccounts.least, Math.min(silentAccounts.enough, Math.ceil(known / 2)));
    return (
      this.seconds - this.number(feed.claimAt) >= silenceSeconds &&
      accountsIn(this.number(feed.drawing)) >= Math.min(known, asked)
    );
  }

  /** Whether anything was drawn or claimed here: a lane without accounts says nothing of a feed. */
  get hearsDraws(): boolean {
    return this.number(numberAt.sinceClaim) + this.number(numberAt.claims) > 0;
  }

  /** A person was found whose number does, or does not, tell a département. */
  hearPlace(account: number, isKnown: boolean): void {
    // One account's people may all be from abroad.
    if (this.number(placed.lastAccount) === account) return;
    this.numbers[placed.lastAccount] = account;
    const looks = Math.min(placedLooks, this.number(placed.looks) + 1);
    const missing = this.number(placed.missing);
    this.numbers[placed.looks] = looks;
    this.numbers[placed.missing] = missing + ((isKnown ? 0 : 1) - missing) / looks;
  }

  /** The share of lookups whose number told no département; null before there are enough of them. */
  get placesMissing(): number | null {
    return this.number(placed.looks) < placedLooks ? null : this.number(placed.missing);
  }

  hearClaim(): void {
    const heard = this.number(numberAt.claims) + 1;
    const usual = this.number(numberAt.usualBetween);
    const share = heard < claimsLeast ? 1 / heard : 1 / claimsLeast;
    this.numbers[numberAt.claims] = heard;
    this.numbers[numberAt.usualBetween] = usual + share * (this.number(numberAt.sinceClaim) - usual);
    this.numbers[numberAt.sinceClaim] = 0;
    this.numbers[feed.claimAt] = this.seconds;
    this.numbers[feed.drawing] = 0;
    this.numbers[feed.workedSince] = 0;
    if (this.claimsSilent && heard >= claimsLeast) {
      this.numbers[frozenAt] = 0;
      this.numbers[numberAt.thawedAt] = this.seconds;
    }
  }

  /** An hour of one account: its new people against those expected of it. One account alone moves little. */
  hearHour(profession: number, seen: number, expected: number): void {
    const place = surgeAt + 3 * profession;
    const passed = this.seconds - this.number(place + 2);
    const kept = passed > 0 ? 2 ** (-passed / surgeHalfLifeSeconds) : 1;
    this.numbers[place] = kept * this.number(place) + Math.min(seen, 2 * expected + 1);
    this.numbers[place + 1] = kept * this.number(place + 1) + expected;
    this.numbers[place + 2] = this.seconds;
  }

  /** How many times more than usual everybody of the profession does, 1 to 1.5. */
  surgeOf(profession: number): number {
    const place = surgeAt + 3 * profession;
    const expected = this.number(place + 1);
    if (expected < surgeExpectedLeast) return 1;
    return Math.min(surgeMax, Math.max(1, this.number(place) / expected));
  }

  /** Remembers who drew a person, and tells how many other organisations did within a week. */
  otherOrganisations(low: number, high: number, organisation: number): number {
    const { sketch } = this;
    const at = (low & (sketchSlots - 1)) * slotWords;
    const now = Math.floor(this.seconds);
    const last = sketch[at + 1] as number;
    if (sketch[at] !== high || now - last > memorySeconds) {
      sketch.fill(0, at, at + slotWords);
      sketch[at] = high;
    }
    sketch[at + 1] = now;
    let others = 0;
    for (let each = at + 2; each < at + slotWords; each += 1) {
      if (sketch[each] === organisation) continue;
      if (sketch[each] === 0) {
        if (!this.holds(at, organisation)) sketch[each] = organisation;
        break;
      }
      others += 1;
    }
    return others;
  }

  /** Entries for which a detector was left out because it threw, by its place in the list. */
  thrown(detector: number): number {
    return this.number(thrownAt + detector);
  }

  countThrown(detector: number): void {
    this.numbers[thrownAt + detector] = this.thrown(detector) + 1;
  }

  private holds(at: number, organisation: number): boolean {
    for (let each = at + 2; each < at + slotWords; each += 1)
      if (this.sketch[each] === organisation) return true;
    return false;
  }

  private number(place: number): number {
    return this.numbers[place] as number;
  }
}

/** A set of accounts with one more; two may share a place, so that it counts too few rather than too many. */
function withAccount(set: number, account: number): number {
  return (set | (1 << (Math.imul(account, 0x9e3779b1) >>> 27))) >>> 0;
}

function accountsIn(set: number): number {
  let count = 0;
  for (let left = set; left !== 0; left = (left & (left - 1)) >>> 0) count += 1;
  return count;
}

/** Whether a snapshot of a lane is of this layout. */
export function isLaneOfLayout(bytes: Uint8Array): boolean {
  return bytes.length === laneBytes && new Float64Array(bytes.slice(0, 8).buffer)[0] === version;
}
