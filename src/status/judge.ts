import { type Alarm, detectorOf, guardLimits } from '../modules/guard/index.ts';
import type { ImportState } from '../modules/rights/index.ts';
import type { Inside, Status } from './status.ts';

/** From when on something needs somebody. */
export const limits = {
  freeShare: 0.1,
  monthsAhead: 2,
  behindBytes: 256 * 1024 * 1024,
  quietSeconds: 600,
  /** Addresses move from house to house; assumed. */
  placesDays: 90,
};

/** What needs attention, one sentence each that says what to do; nothing is []. */
export function judge(
  status: Status,
  settings: { readonly lanes: number; readonly today: string; readonly isProduction?: boolean },
): string[] {
  const { inside } = status;
  const found = typeof inside === 'string' ? [inside] : judgeInside(inside, status.isOwn, settings);
  return [
    ...found,
    ...judgeGuard(status),
    ...judgeAlarms(status),
    ...judgeTelling(status),
    ...judgeMails(status, settings.isProduction === true),
    ...judgeKeys(status),
    ...judgeDisks(status),
    ...(status.places !== null && 'problem' in status.places
      ? [`${status.places.problem}: the server would not start again.`]
      : []),
  ];
}

/** What would make it better, and needs nobody now. */
export function hint({ inside, places }: Status, today: string): string[] {
  if (typeof inside === 'string' || inside.guard?.quietSeconds == null) return [];
  const found: [boolean, string][] = [
    [
      inside.honey === 0,
      'No honey persons are placed, which give away whoever walks through numbers: ' +
        'npx vigie guard place-honey FILE..., docs/operating/import.md.',
    ],
    [
      places === null,
      'No file says where addresses are, which gives away who signs in too far from the holder: ' +
        'VIGIE_PLACES_FILE, docs/operating/places.md.',
    ],
    [
      places !== null &&
        'builtOn' in places &&
        daysBefore(today, limits.placesDays) > (places.builtOn ?? today),
      'The file that says where addresses are is three months old: take a new one, docs/operating/places.md.',
    ],
  ];
  return found.filter(([isSo]) => isSo).map(([, says]) => says);
}

function judgeInside(
  inside: Inside,
  isOwn: boolean,
  { lanes, today }: { readonly lanes: number; readonly today: string; readonly isProduction?: boolean },
): string[] {
  const { pending, lanes: there, monthsUntil, imports, keys, facts } = inside;
  const migrate = isOwn ? 'stop the server and start it again' : 'run npx vigie database migrate';
  const found: string[] = [];
  if (pending.length > 0)
    found.push(`${pending.length} migrations are not applied (${pending[0]} …): ${migrate}.`);
  if (there.length > 0 && there.length !== lanes) {
    found.push(
      `The ledger has ${there.length} lanes and VIGIE_LANES says ${lanes}: set it to ${there.length}.`,
    );
  }
  if (monthsUntil !== null && monthsUntil < addMonths(today, limits.monthsAhead)) {
    found.push(`From ${monthsUntil} on the ledger has no month to write in, and refuses: ${migrate}.`);
  }
  if ((facts.behindBytes ?? 0) > limits.behindBytes) {
    const megabytes = Math.round((facts.behindBytes ?? 0) / 1_000_000);
    found.push(`A standby is ${megabytes} MB behind: look at its log and at the network between.`);
  }
  for (const { kind } of keys?.unfinished ?? []) {
    found.push(`A rotation of the ${kind} key waits to go on: run npx vigie keys rotate ${kind}.`);
  }
  return [...found, ...imports.flatMap(judgeImport)];
}

function judgeImport({ id, kind, state, fileName, quietSeconds, rejected }: ImportState): string[] {
  const file = fileName ?? 'its file';
  if (state === 'interrupted' || state === 'failed') {
    return [
      `Import ${id} (${kind}) ${state === 'failed' ? 'failed' : 'was interrupted'}: import ${file} again.`,
    ];
  }
  if (state === 'running' && quietSeconds > limits.quietSeconds) {
    const minutes = Math.floor(quietSeconds / 60);
    return [`Import ${id} (${kind}) runs and said nothing for ${minutes} minutes: import ${file} again.`];
  }
  if (state === 'done' && rejected !== '0') {
    return [
      `Import ${id} (${kind}) rejected ${rejected} lines: correct ${file}.rejected.csv and import them.`,
    ];
  }
  return [];
}

/** Lookups go on without it, under their allowances; what it missed it still finds when it comes back. */
function judgeGuard({ inside }: Status): string[] {
  const guard = typeof inside === 'string' ? null : inside.guard;
  if (guard === null) return [];
  const { behind, behindSeconds, quietSeconds, waiting } = guard;
  const what = 'a stolen account would not be noticed; look at VIGIE_GUARD and at the server’s log.';
  // It was never on: that is said, and is nobody's trouble.
  if (quietSeconds === null) return [];
  const lateSeconds = guardLimits.behindSeconds.raised;
  if (quietSeconds > lateSeconds) {
    return [
      `The guard said nothing for ${Math.floor(quietSeconds)} s and is ${behind} entries behind: ${what}`,
    ];
  }
  const seconds = Math.floor(behindSeconds);
  const found: [boolean, string][] = [
    [
      behindSeconds > lateSeconds,
      `The guard is ${behind} entries behind, the oldest ${seconds} s old: it catches up.`,
    ],
    [waiting > 0, `The guard cannot act on ${waiting} accounts, and tries again: the server’s log says why.`],
  ];
  return found.filter(([isSo]) => isSo).map(([, says]) => says);
}

const alarmSentences: Readonly<Record<Alarm['kind'], (alarm: Alarm) => string | null>> = {
  'detector-throws': (alarm) =>
    `Detector ${detectorOf(alarm)} failed at ${alarm.entries} entries, and is left out: the log says why.`,
  'claims-silent': () =>
    'No claim is heard of while people are looked up, and after 16 hours without one detector ' +
    'not-explained waits: look whether claims are decided.',
  'geography-missing': () => 'Lookups carry no département any more: look at the version of the servers.',
  // judgeGuard says it in numbers of this moment.
  'guard-behind': () => null,
};

function judgeAlarms({ inside }: Status): string[] {
  const alarms = typeof inside === 'string' ? [] : inside.alarms;
  return alarms.flatMap((alarm) => {
    const sentence = alarmSentences[alarm.kind](alarm);
    return sentence === null ? [] : [`${sentence} Since ${alarm.since.toISOString().slice(0, 19)}Z.`];
  });
}

function judgeTelling({ inside }: Status): string[] {
  const telling = typeof inside === 'string' ? [] : inside.telling;
  return telling.flatMap(({ kind, endpoints, late, givenUp }) => {
    const found: string[] = [];
    if (late > 0) found.push(`${late} events of the guard wait for more than an hour (${kind}): look there.`);
    if (givenUp > 0)
      found.push(
        `${givenUp} events of the guard were given up today (${kind}): send them again, ` +
          'docs/operating/soc.md.',
      );
    if (kind !== 'webhook' && endpoints > 1)
      found.push(
        `Servers name ${endpoints} different places for the SOC’s ${kind}; each hears every event: ` +
          'give all servers the same setting, docs/operating/soc.md.',
      );
    return found;
  });
}

function judgeMails({ inside, tellsByMail }: Status, isProduction: boolean): string[] {
  if (!tellsByMail) {
    return isProduction
      ? ['No holder is told when passkeys or standing change: set VIGIE_SMTP_URL and VIGIE_MAIL_FROM.']
      : [];
  }
  const { late = 0, givenUp = 0 } = typeof inside === 'string' ? {} : (inside.mails ?? {});
  const found = late === 0 ? [] : [`${late} mails wait for more than an hour: look at the mail server.`];
  return givenUp === 0
    ? found
    : [...found, `${givenUp} mails were given up after three days: vigie messages shows them.`];
}

function judgeKeys({ keySource }: Status): string[] {
  const { command, file, mode, isInDataFolder } = keySource;
  if (command) return [];
  if (mode === null) return [`There is no ${file}: put the master key back, else nothing can be opened.`];
  const found = (mode & 0o077) === 0 ? [] : [`${file} can be read by others: chmod 600 ${file}.`];
  return isInDataFolder
    ? [...found, 'The keys are inside the data folder: move them, and set VIGIE_KEYS_FOLDER.']
    : found;
}

function judgeDisks({ disks }: Status): string[] {
  return disks.flatMap(({ what, folder, freeBytes, totalBytes }) => {
    if (totalBytes === 0 || freeBytes / totalBytes >= limits.freeShare) return [];
    const share = Math.floor((100 * freeBytes) / totalBytes);
    return [
      `The disk of the ${what} (${folder}) has ${share} % left: make room, a full one stops every lookup.`,
    ];
  });
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

/** A day so many months later, or the first of the month after where that month is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, date)).toISOString().slice(0, 10);
}
