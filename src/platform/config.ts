import { isIP, isIPv4 } from 'node:net';
import { demoClockProblems, demoClockSetting } from './demo-clock-setting.ts';
import { assert } from './errors.ts';
import { mailAddress, mailProblems, smtpAddress } from './mail/mail-address.ts';
import { placesSetting } from './places-setting.ts';
import { notEmpty, pscProblems, pscSettings } from './psc-settings.ts';
import { socSettings } from './soc-settings.ts';

/** One setting: its name in the environment, what it is for, and how its text becomes a value. */
export type Setting<T> = {
  readonly name: string;
  readonly says: string;
  readonly kind: string;
  readonly fallback: string | undefined;
  /** A secret is never printed, not even by `vigie config explain`. */
  readonly secret: boolean;
  readonly read: (text: string) => T | undefined;
};

type Told<T> = {
  name: string;
  says: string;
  fallback?: string;
  secret?: boolean;
  read?: (text: string) => T;
};

/** The one list of settings. A `VIGIE_*` name that is not here stops the start: it is a typing error. */
export const settings = {
  environment: required('development, production or test', {
    name: 'VIGIE_ENV',
    says: 'Where this runs. Production refuses what is only good for trying things out.',
    fallback: 'development',
    read: (text) => oneOf(['development', 'production', 'test'] as const, text),
  }),
  databaseUrl: optional('PostgreSQL address', {
    name: 'VIGIE_DATABASE_URL',
    says: 'An external PostgreSQL, 15 or newer, as vigie_server. Without it the server runs its own.',
    secret: true,
    read: postgresUrl,
  }),
  databaseOwnerUrl: optional('PostgreSQL address', {
    name: 'VIGIE_DATABASE_OWNER_URL',
    says: 'The same database as its owner; read by `vigie database migrate` only.',
    secret: true,
    read: postgresUrl,
  }),
  dataFolder: required('folder', {
    name: 'VIGIE_DATA_FOLDER',
    says: 'Where the database that the server runs itself keeps its files.',
    fallback: './data',
    read: notEmpty,
  }),
  keysFolder: required('folder', {
    name: 'VIGIE_KEYS_FOLDER',
    says: 'Where keys and database passwords are. Never inside the data folder, never in the same backup.',
    fallback: './keys',
    read: notEmpty,
  }),
  masterKeyCommand: optional('command', {
    name: 'VIGIE_MASTER_KEY_COMMAND',
    says: 'A command that prints the 32-byte master key in hexadecimal or base64, instead of a file.',
    read: notEmpty,
  }),
  host: required('address', {
    name: 'VIGIE_HOST',
    says: 'The address the server listens on.',
    fallback: '127.0.0.1',
    read: notEmpty,
  }),
  port: required('port', {
    name: 'VIGIE_PORT',
    says: 'The port the server listens on; 0 takes a free one.',
    fallback: '8080',
    read: (text) => wholeNumber(text, 0, 65535),
  }),
  publicUrl: optional('address', {
    name: 'VIGIE_PUBLIC_URL',
    says:
      'Where browsers and software reach this server, https in production: passkeys, tokens and proofs are ' +
      'made for this address alone. Without it, localhost and the port.',
    read: (text) => new URL(httpUrl(text)).origin,
  }),
  metricsPort: required('port', {
    name: 'VIGIE_METRICS_PORT',
    says: 'The port that serves Prometheus metrics; 0 takes a free one.',
    fallback: '9464',
    read: (text) => wholeNumber(text, 0, 65535),
  }),
  lanes: required('number', {
    name: 'VIGIE_LANES',
    says: 'How many lanes a new ledger has. Fixed when the ledger is created.',
    fallback: '1',
    read: (text) => wholeNumber(text, 1, 1024),
  }),
  trustedProxies: optional('addresses', {
    name: 'VIGIE_TRUSTED_PROXIES',
    says:
      'Addresses or networks of the proxies in front, separated by commas: what they say of who calls in ' +
      'X-Forwarded-For is believed, nobody else. Without it, every session behind a proxy is of one network.',
    read: addresses,
  }),
  statusFile: optional('path of a file', {
    name: 'VIGIE_STATUS_FILE',
    says: 'Plain text that the status page shows in your words; read again at each look, so edit it freely.',
    read: notEmpty,
  }),
  smtpUrl: optional('SMTP address', {
    name: 'VIGIE_SMTP_URL',
    says:
      'Takes mails to account holders: smtp://user:password@host:587 (STARTTLS, asked for in production) ' +
      'or smtps://…. Without it nobody is told, and `vigie messages` shows what waits.',
    secret: true,
    read: smtpAddress,
  }),
  mailFrom: optional('mail address', {
    name: 'VIGIE_MAIL_FROM',
    says: 'The address that mails to account holders come from; needed with VIGIE_SMTP_URL.',
    read: mailAddress,
  }),
  demoPeople: optional('number', {
    name: 'VIGIE_DEMO_PEOPLE',
    says: 'How many invented people fill an empty database; none in an external one unless set.',
    read: (text) => wholeNumber(text, 0, 50_000_000),
  }),
  ...demoClockSetting,
  spoolFolder: optional('folder', {
    name: 'VIGIE_SPOOL_FOLDER',
    says: 'Where files sent by insurers wait, sealed. Without it, `spool` in the data folder.',
    read: notEmpty,
  }),
  importBytesMax: required('number', {
    name: 'VIGIE_IMPORT_BYTES_MAX',
    says: 'How many bytes a file sent by an insurer may have, unpacked too.',
    fallback: '20000000000',
    read: (text) => wholeNumber(text, 1, 1_000_000_000_000),
  }),
  lenientIdentifiers: required('true or false', {
    name: 'VIGIE_LENIENT_IDENTIFIERS',
    says: 'Accepts published test identifiers whose keys are wrong. Refused in production.',
    fallback: 'false',
    read: (text) => oneOf(['true', 'false'] as const, text) === 'true',
  }),
  guard: required('on or off', {
    name: 'VIGIE_GUARD',
    says:
      'Whether this server takes its turn at the guard, which notices and contains stolen accounts. Off, ' +
      'the allowance alone bounds what a thief draws.',
    fallback: 'on',
    read: (text) => oneOf(['on', 'off'] as const, text) === 'on',
  }),
  ...placesSetting,
  ...socSettings,
  logLevel: required('level', {
    name: 'VIGIE_LOG_LEVEL',
    says: 'How much the server writes to its log: fatal, error, warn, info, debug, trace or silent.',
    fallback: 'info',
    read: (text) => oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const, text),
  }),
  url: required('address', {
    name: 'VIGIE_URL',
    says: 'The server that commands talk to.',
    fallback: 'http://localhost:8080',
    read: httpUrl,
  }),
  ...pscSettings,
  testDatabaseUrl: optional('PostgreSQL address', {
    name: 'VIGIE_TEST_DATABASE_URL',
    says: 'Database tests run in this PostgreSQL, as an owner who may create databases, not in their own.',
    secret: true,
    read: postgresUrl,
  }),
} as const;

/** Every setting with its value, read once at the start and passed on. */
export type Config = {
  readonly [K in keyof typeof settings]: (typeof settings)[K] extends Setting<infer T> ? T : never;
};

/** What is wrong with the settings, every problem at once and by name; a program stops and prints it. */
export class ConfigProblem extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings are not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigProblem';
    this.problems = problems;
  }
}

/** The environment of this process: the only place that touches it. */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/** Reads every setting, or throws a ConfigProblem that names all that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems = unknownNames(env);
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const given = env[setting.name];
    const text = given === undefined || given === '' ? setting.fallback : given;
    try {
      values[key] = text === undefined ? undefined : setting.read(text);
    } catch (error) {
      // The text itself is left out: it may be a password.
      problems.push(`${setting.name}: ${error instanceof Error ? error.message : 'not understood'}`);
    }
  }
  if (values.environment === 'production' && values.lenientIdentifiers === true) {
    problems.push('VIGIE_LENIENT_IDENTIFIERS: production accepts true identifiers only');
  }
  if (values.environment === 'production' && Number(values.demoPeople ?? 0) > 0) {
    problems.push('VIGIE_DEMO_PEOPLE: production has no invented people among the real ones');
  }
  if (values.environment === 'production' && String(values.publicUrl ?? '').startsWith('http:')) {
    problems.push('VIGIE_PUBLIC_URL: production is reached by https');
  }
  problems.push(...mailProblems(values), ...pscProblems(values), ...demoClockProblems(values));
  if (problems.length > 0) throw new ConfigProblem(problems);
  return values as Config;
}

function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = Object.values(settings).map((setting) => setting.name);
  const unknown = Object.keys(env).filter((name) => name.startsWith('VIGIE_') && !known.includes(name));
  return unknown.sort().map((name) => {
    const [near] = known
      .filter((candidate) => distance(candidate, name) <= 3)
      .sort((a, b) => distance(a, name) - distance(b, name));
    return `${name} is not a setting${near === undefined ? '' : `; did you mean ${near}?`}`;
  });
}

function required<T>(kind: string, told: Told<T> & { fallback: string; read: (text: string) => T }) {
  return { secret: false, ...told, kind } as Setting<T> & { fallback: string; read: (text: string) => T };
}

function optional<T>(kind: string, told: Told<T> & { read: (text: string) => T }): Setting<T | undefined> {
  return { secret: false, fallback: undefined, ...told, kind };
}

function addresses(text: string): string | undefined {
  const parts = text.split(',').map((part) => part.trim());
  const isAddress = (part: string) => {
    const [address = '', bits, ...more] = part.split('/');
    const most = isIPv4(address) ? 32 : 128;
    const isNetwork =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= most);
    return isIP(address) !== 0 && isNetwork && more.length === 0;
  };
  return parts.every(isAddress) ? parts.join(',') : undefined;
}

function oneOf<const T extends readonly string[]>(allowed: T, text: string): T[number] {
  const found = allowed.find((word) => word === text);
  if (found === undefined) throw new Error(`must be one of ${allowed.join(', ')}`);
  return found;
}

function wholeNumber(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(`must be a whole number from ${least} to ${most}`);
  }
  return value;
}

function postgresUrl(text: string): string {
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new Error('must look like postgres://user:password@host:5432/database');
  }
  return text;
}

function httpUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new Error('must look like http://host:port');
  }
  return text.replace(/\/+$/, '');
}

/** Edits between two names, for "did you mean"; names are short, so the plain table is enough. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  const last = row[b.length];
  assert(last !== undefined, 'the last row is complete');
  return last;
}
