import type { FollowedEntry } from '../../src/modules/guard/index.ts';
import { kinds, outcomes } from '../../src/modules/ledger/index.ts';
import { mix } from '../random.ts';

/** How a lookup looks in the log: the easiest form for those who read it, or as most portals send it. */
export type LogForm = 'path' | 'query' | 'post';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const letters = 'abcdefghijklmnopqrstuvwxyz';
/** Ranges of documentation, which no reader of logs takes for a private network. */
const ranges = ['203.0.113', '198.51.100'] as const;
const statuses: Readonly<Record<number, number>> = {
  [outcomes.disclosed]: 200,
  [outcomes.refused]: 429,
  [outcomes.unknown]: 404,
};

/**
 * The lookups among entries as lines of nginx's combined log, so that CrowdSec and fail2ban replay the same
 * day. Users are letters only (a figure in one makes CrowdSec leave the line out); the token of a person is a
 * surrogate, never a number of the kind people have. More than 508 networks share addresses, unless the
 * addresses are given.
 */
export function* nginxLines(
  entries: Iterable<FollowedEntry>,
  form: LogForm = 'path',
  address: (network: number) => string = addressOf,
): Generator<string> {
  for (const entry of entries) {
    if (entry.kind !== kinds.lookup) continue;
    const status = statuses[entry.outcome] ?? 500;
    const bytes = status === 200 ? 1_480 : 212;
    const agent = `Mozilla/5.0 (logiciel ${userOf(entry.client)})`;
    const who = `${address(entry.network)} - ${userOf(entry.account)} [${stampOf(entry.at)}]`;
    yield `${who} "${requestOf(entry, form)}" ${status} ${bytes} "-" "${agent}"`;
  }
}

/** A number in letters: 0 is a, 26 is ba. */
export function userOf(number: number): string {
  let [left, text] = [number, ''];
  do {
    text = letters.charAt(left % letters.length) + text;
    left = Math.floor(left / letters.length);
  } while (left > 0);
  return text;
}

function requestOf({ subject, lane, seq }: FollowedEntry, form: LogForm): string {
  // Nobody has no name in the ledger: each such lookup is of another number.
  const token = subject ?? `nobody-${lane}-${seq}`;
  if (form === 'post') return 'POST /ps/assure/recherche HTTP/1.1';
  return form === 'path' ? `GET /ps/assure/${token} HTTP/1.1` : `GET /ps/assure?person=${token} HTTP/1.1`;
}

function addressOf(network: number): string {
  const place = mix(network) % (254 * ranges.length);
  return `${ranges[Math.floor(place / 254)] ?? ranges[0]}.${1 + (place % 254)}`;
}

function stampOf(at: number): string {
  const date = new Date(Math.floor(at / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}
