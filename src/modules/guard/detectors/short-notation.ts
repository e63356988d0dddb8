import { signalBits, withDepartement, withHoneyMark } from '../../ledger/index.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';

/**
 * Entries of account 1 in short notation, for tables of cases. A word is one entry, `word*3` three of
 * them: `k` a known person, `n` a new one, `f` a new one from afar, `p` a new one who is there, `v` any
 * of ten known ones again; `r` a neighbour of a number, `a` above the previous number, `d` below it; `u`
 * nobody, `h` a honey person met in a walk, `i` another, `o` one met alone, another each time; `N` a claim
 * sent for a new person, `F` for one from afar, `A` for one above the previous number, `K` for a known one;
 * `x` a new one who was refused; `c` a claim for the first drawn person without one, `e` a claim of another
 * account; `s` a new session from elsewhere, `q` one that was signed in to at a risk, `t` one that nobody can
 * have travelled to, `b` back in the session before; `g` a new person whom three other organisations just
 * drew. `+90m`, `+5h`, `+2d` let time pass; `=60s` sets the wait between lookups, `=` makes it vary.
 */
export function writeEntries(notation: string): FollowedEntry[] {
  const writer = new Writer();
  for (const word of notation.split(/\s+/).filter((each) => each !== '')) {
    const [token = '', times = '1'] = word.split('*');
    for (let each = 0; each < Number(times); each += 1) writer.write(token);
  }
  return writer.entries;
}

const home = 34;
const unitSeconds = { m: 60, h: 3600, d: 86_400, s: 1 } as const;
const blank = { lane: 0, kind: 1, action: 1, outcome: 1, reason: 0, present: false, signals: 0, count: 1 };

class Writer {
  readonly entries: FollowedEntry[] = [];
  /** Monday 2 March 2026, 09:00 in Paris. */
  private at = Date.UTC(2026, 2, 2, 8) * 1000;
  private waitSeconds = 0;
  private people = 0;
  private sessions = { now: 1, other: 1 };
  private readonly unclaimed: string[] = [];

  write(token: string): void {
    if (token.startsWith('+')) this.at += secondsIn(token.slice(1)) * 1e6;
    else if (token.startsWith('=')) this.waitSeconds = token === '=' ? 0 : secondsIn(token.slice(1));
    else this.writeEntry(token);
  }

  private writeEntry(token: string): void {
    if (token === 'c') this.add({ kind: 2, subject: this.unclaimed.shift() ?? null });
    else if (token === 'e') this.add({ kind: 2, account: 2, subject: `claimed ${this.people++}` });
    else this.writeLookup(token);
  }

  private writeLookup(token: string): void {
    this.people += 1;
    this.at += (this.waitSeconds > 0 ? this.waitSeconds : 120 + varied(this.people)) * 1e6;
    const subject = 'uhio'.includes(token)
      ? null
      : token === 'v'
        ? `known ${this.people % 10}`
        : `${token} ${this.people}`;
    const far = 'fF'.includes(token) ? 1 + ((this.people * 37) % 100) : home;
    if ('sqt'.includes(token)) this.sessions = { now: this.people + 1000, other: this.sessions.now };
    if (token === 'b') this.sessions = { now: this.sessions.other, other: this.sessions.now };
    if (token === 'g')
      for (const account of [2, 3, 4]) this.add({ account, subject, signals: signalBits.neverSeen });
    this.add({
      subject,
      action: 'NFAK'.includes(token) ? 13 : 1,
      present: token === 'p',
      outcome: 'uhio'.includes(token) ? 3 : token === 'x' ? 2 : 1,
      signals: withDepartement(signalsOf(token, this.people), 'uhio'.includes(token) ? 0 : far),
    });
    if (subject !== null && !'kKvpxsqtb'.includes(token)) this.unclaimed.push(subject);
  }

  private add(entry: Partial<FollowedEntry>): void {
    const account = entry.account ?? 1;
    // The sessions of account 1 come each from a network and a software of their own.
    const place = account === 1 ? this.sessions.now : 1;
    const whole = { ...blank, account, by: account, organisation: account, subject: null, ...entry };
    const session = { session: place, network: place, client: place };
    this.entries.push({ ...whole, ...session, seq: this.entries.length + 1, at: this.at });
  }
}

function signalsOf(token: string, place: number): number {
  if (token === 'k' || token === 'K' || token === 'v' || token === 'u' || token === 's' || token === 'b')
    return 0;
  if (token === 'q') return signalBits.riskySignIn;
  if (token === 't') return signalBits.impossibleTravel;
  if (token === 'r') return signalBits.neverSeen | signalBits.sameRun;
  if (token === 'a' || token === 'A')
    return signalBits.neverSeen | signalBits.hasPrevious | signalBits.ascending;
  if (token === 'd') return signalBits.neverSeen | signalBits.hasPrevious;
  if (token === 'h') return withHoneyMark(signalBits.sameRun, Buffer.of(1));
  if (token === 'i') return withHoneyMark(signalBits.sameRun, Buffer.of(2));
  return token === 'o' ? withHoneyMark(0, Buffer.of(place)) : signalBits.neverSeen;
}

/** Up to six minutes, as people come. */
function varied(place: number): number {
  return (Math.imul(place ^ (place >>> 3), 0x9e3779b1) >>> 8) % 360;
}

function secondsIn(text: string): number {
  return Number(text.slice(0, -1)) * unitSeconds[text.slice(-1) as keyof typeof unitSeconds];
}
