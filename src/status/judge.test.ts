import { expect, test } from 'vitest';
import { hint, judge } from './judge.ts';
import type { Inside, Status } from './status.ts';

const settings = { lanes: 1, today: '2026-11-23' };
const done = {
  id: '4',
  kind: 'people',
  insurer: 2,
  state: 'done',
  fileName: 'people.csv',
  lines: '10',
  rejected: '0',
  updatedAt: '2026-11-23T10:00:00Z',
  quietSeconds: 30,
};
const guardWell = { behind: 3, behindSeconds: 2, quietSeconds: 3, waiting: 0 };
const inside: Inside = {
  facts: { version: '18.4', bytes: 1, beside: [], standbys: 0, behindBytes: null },
  pending: [],
  lanes: [{ lane: 0, entries: 3n, lastAt: '2026-11-23T10:00:00Z' }],
  monthsUntil: '2027-12-01',
  imports: [done],
  keys: null,
  mails: { waiting: 1, late: 0, givenUp: 0 },
  guard: guardWell,
  alarms: [],
  honey: 900,
  telling: [{ kind: 'webhook', endpoints: 2, waiting: 2, late: 0, givenUp: 0 }],
};
const alarm = { id: '1', detector: 0, entries: 0, since: new Date('2026-11-23T09:00:00Z'), quietHours: 0 };
const well: Status = {
  where: 'its own PostgreSQL',
  isOwn: false,
  tellsByMail: true,
  places: { builtOn: '2026-11-01' },
  inside,
  keySource: { command: false, file: '/keys/master.key', mode: 0o100600, isInDataFolder: false },
  disks: [{ what: 'keys', folder: '/keys', freeBytes: 50, totalBytes: 100 }],
};
const rotation = { kind: 'index', stage: 'walk' };

test('nothing is wrong', () => {
  expect(judge(well, settings)).toEqual([]);
});

test.each<[string, Partial<Status>, RegExp]>([
  ['no answer', { inside: 'The database does not answer.' }, /does not answer/],
  ['migrations', { inside: { ...inside, pending: ['000099_x.sql'] } }, /run npx vigie database migrate/],
  ['own migrations', { isOwn: true, inside: { ...inside, pending: ['000099_x.sql'] } }, /start it again/],
  ['lanes', { inside: { ...inside, lanes: [...inside.lanes, ...inside.lanes] } }, /set it to 2/],
  ['months', { inside: { ...inside, monthsUntil: '2027-01-01' } }, /From 2027-01-01 on/],
  ['lag', { inside: { ...inside, facts: { ...inside.facts, behindBytes: 9e9 } } }, /9000 MB behind/],
  [
    'interrupted',
    { inside: { ...inside, imports: [{ ...done, state: 'interrupted' }] } },
    /import people.csv again/,
  ],
  [
    'quiet',
    { inside: { ...inside, imports: [{ ...done, state: 'running', quietSeconds: 900 }] } },
    /15 minutes/,
  ],
  ['rejected', { inside: { ...inside, imports: [{ ...done, rejected: '2' }] } }, /people.csv.rejected.csv/],
  [
    'rotation',
    { inside: { ...inside, keys: { unfinished: [rotation] } as never } },
    /vigie keys rotate index/,
  ],
  [
    'a guard that stopped',
    { inside: { ...inside, guard: { ...guardWell, behind: 900, behindSeconds: 500, quietSeconds: 480 } } },
    /said nothing for 480 s and is 900 entries behind/,
  ],
  [
    'a guard that is slow',
    { inside: { ...inside, guard: { ...guardWell, behind: 900, behindSeconds: 90, quietSeconds: 2 } } },
    /900 entries behind, the oldest 90 s old/,
  ],
  [
    'a guard that cannot act',
    { inside: { ...inside, guard: { ...guardWell, waiting: 4 } } },
    /cannot act on 4 accounts, and tries again/,
  ],
  [
    'a detector that throws',
    { inside: { ...inside, alarms: [{ ...alarm, kind: 'detector-throws', detector: 7, entries: 12 }] } },
    /Detector rhythm failed at 12 entries, .* Since 2026-11-23T09:00:00Z/,
  ],
  [
    'a feed that is silent',
    { inside: { ...inside, alarms: [{ ...alarm, kind: 'claims-silent' }] } },
    /No claim is heard of .* after 16 hours without one detector not-explained waits/,
  ],
  [
    'places that are missing',
    { inside: { ...inside, alarms: [{ ...alarm, kind: 'geography-missing' }] } },
    /carry no département/,
  ],
  [
    'a SOC that hears nothing',
    { inside: { ...inside, telling: [{ kind: 'syslog', endpoints: 1, waiting: 9, late: 7, givenUp: 0 }] } },
    /7 events of the guard wait for more than an hour \(syslog\)/,
  ],
  [
    'events that were given up',
    { inside: { ...inside, telling: [{ kind: 'webhook', endpoints: 1, waiting: 0, late: 0, givenUp: 3 }] } },
    /3 events of the guard were given up today \(webhook\)/,
  ],
  [
    'servers that tell a SOC at different places',
    { inside: { ...inside, telling: [{ kind: 'syslog', endpoints: 2, waiting: 0, late: 0, givenUp: 0 }] } },
    /Servers name 2 different places for the SOC’s syslog/,
  ],
  ['late mails', { inside: { ...inside, mails: { waiting: 3, late: 2, givenUp: 0 } } }, /2 mails wait/],
  ['lost mails', { inside: { ...inside, mails: { waiting: 0, late: 0, givenUp: 4 } } }, /4 mails were given/],
  ['no key', { keySource: { ...well.keySource, mode: null } }, /put the master key back/],
  ['open key', { keySource: { ...well.keySource, mode: 0o100640 } }, /chmod 600 \/keys\/master.key/],
  ['keys with data', { keySource: { ...well.keySource, isInDataFolder: true } }, /set VIGIE_KEYS_FOLDER/],
  ['disk', { disks: [{ what: 'data', folder: '/d', freeBytes: 9, totalBytes: 100 }] }, /9 % left/],
])('%s', (_, changed, sentence) => {
  const [found, ...others] = judge({ ...well, ...changed }, settings);
  expect(others).toEqual([]);
  expect(found).toMatch(sentence);
});

test('a master key from a command has no file to look at', () => {
  const keySource = { ...well.keySource, command: true, mode: null };
  expect(judge({ ...well, keySource }, settings)).toEqual([]);
});

test('nobody told of anything is trouble in production only', () => {
  const silent = { ...well, tellsByMail: false };
  expect(judge(silent, settings)).toEqual([]);
  expect(judge(silent, { ...settings, isProduction: true })).toEqual([
    expect.stringMatching(/VIGIE_SMTP_URL/),
  ]);
});

test.each<[string, Partial<Inside>, boolean]>([
  ['some are placed', {}, false],
  ['none is placed', { honey: 0 }, true],
  ['nobody knows', { honey: null }, false],
  ['the guard was never on', { honey: 0, guard: { ...guardWell, quietSeconds: null } }, false],
])('honey persons: %s, which is nobody’s fault', (_, changed, isHinted) => {
  const status = { ...well, inside: { ...inside, ...changed } };
  expect(judge(status, settings)).toEqual([]);
  expect(hint(status, settings.today)).toEqual(
    isHinted ? [expect.stringMatching(/vigie guard place-honey FILE/)] : [],
  );
});

const neverOn = { guard: { ...guardWell, quietSeconds: null } };

test.each<[string, Status['places'], Partial<Inside>, RegExp | null]>([
  ['none is named where the guard works', null, {}, /VIGIE_PLACES_FILE/],
  ['none is, where it was never on', null, neverOn, null],
  ['it is new', { builtOn: '2026-08-26' }, {}, null],
  ['it is old', { builtOn: '2026-08-24' }, {}, /three months old: take a new one/],
  ['it does not say', { builtOn: null }, {}, null],
])('a file of places: %s, which is nobody’s fault', (_, places, changed, says) => {
  const status = { ...well, inside: { ...inside, ...changed }, places };
  expect(judge(status, settings)).toEqual([]);
  expect(hint(status, settings.today)).toEqual(says === null ? [] : [expect.stringMatching(says)]);
});

test('a file of places that broke under a running server is trouble before the next start', () => {
  const status = { ...well, places: { problem: 'VIGIE_PLACES_FILE: /p.mmdb cannot be read (ENOENT)' } };
  expect(judge(status, settings)).toEqual([
    'VIGIE_PLACES_FILE: /p.mmdb cannot be read (ENOENT): the server would not start again.',
  ]);
  expect(hint(status, settings.today)).toEqual([]);
});
