import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { createMetrics, serveMetrics } from './http/metrics.ts';
import { readPages } from './http/pages.ts';
import { createHttpServer } from './http/server.ts';
import { serviceRoutes } from './http/service-routes.ts';
import {
  accountRoutes,
  clientRoutes,
  createIdentifyCaller,
  createPscTools,
  demoRoutes,
  forgetUsedProofs,
  hasDemoDoor,
  isDemo,
  leaveProvider,
  manageRoutes,
  type PscTools,
  pscRoutes,
  type Route,
  signInRoutes,
  softwareRoutes,
  touchDatabase,
} from './modules/access/index.ts';
import { type ClaimModule, composeClaims } from './modules/claims/index.ts';
import { countLanes, createLedger, isOpen, type Ledger } from './modules/ledger/index.ts';
import { forgetOldMessages, startMessages } from './modules/messages/index.ts';
import {
  cardRoutes,
  createDrawPerson,
  createLookupCoverage,
  createReadInsurers,
  createTellBreakGlass,
  createUploads,
  findProfession,
  insurerImportRoutes,
  ownRoutes,
  reviewRoutes,
  rightsRoutes,
  type ToldToReview,
  type Uploads,
} from './modules/rights/index.ts';
import { confirmKeys, type FollowedKeys, followKeys, type Keys, openKeys } from './modules/vault/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { connect, type Database } from './platform/database/connect.ts';
import { pendingMigrations, serverRoleIsOwner } from './platform/database/migrate.ts';
import { assert } from './platform/errors.ts';
import { createLog, type Log } from './platform/log.ts';
import { createSendMail } from './platform/mail/send-mail.ts';
import { readPscSecret } from './platform/psc-settings.ts';
import { statusRoutes } from './status/routes.ts';

/** What a server is started with; nothing is kept outside it, so that one process can run two. */
export type ServerParts = {
  readonly config: Config;
  readonly clock: Clock;
  /** The database as vigie_server, when it is not the one of the settings. */
  readonly databaseUrl?: string;
  /** Opened as the settings say, when they are not given. */
  readonly keys?: Keys;
  readonly log?: Log;
  /** How long a request may take to arrive; tests shorten it. */
  readonly requestTimeoutMs?: number;
};

/** A running server. */
export type RunningServer = {
  readonly url: string;
  readonly metricsUrl: string;
  readonly app: FastifyInstance;
  readonly db: Database;
  readonly ledger: Ledger;
  /** Finishes what was accepted, refuses the rest, lets go of the database: ten seconds at most. */
  stop(): Promise<void>;
};

const poolMax = 8;
const poolPatienceSeconds = 2;
const tidyEveryMs = 60_000;

/** Starts a server on a migrated database; refuses one it must not or cannot work with. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { config, clock } = parts;
  const databaseUrl = parts.databaseUrl ?? config.databaseUrl;
  assert(databaseUrl !== undefined, 'a server needs a database');
  const log = parts.log ?? createLog(config.logLevel);
  const db = connect(databaseUrl, { max: poolMax, applicationName: 'vigie server' });
  let following: FollowedKeys | undefined;
  try {
    await checkDatabase(db, config.lanes);
    const keys =
      parts.keys ?? (await openKeys(db, { folder: config.keysFolder, command: config.masterKeyCommand }));
    if (parts.keys !== undefined) await confirmKeys(db, keys);
    const ledger = createLedger(db, { lanes: config.lanes, clock });
    const uploads = composeUploads({ config, clock, keys, db, databaseUrl, log });
    const hasDoor = hasDemoDoor({ ...config, isDemo: await isDemo(db) });
    const told = createTellBreakGlass({ db, keys, log, site: originOf(config) });
    const psc = composePsc({ config, clock, keys, db, log, origin: originOf(config) });
    const claims = composeClaimsOf({ config, clock, keys, db, ledger });
    const routes = createRoutes({ config, clock, keys, db, ledger, uploads, claims, hasDoor, told, psc });
    const metrics = createMetrics();
    const identify = createIdentifyCaller({ db, keys, clock, origin: originOf(config) });
    const patience = parts.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: parts.requestTimeoutMs };
    const pages = readPages(fileURLToPath(new URL('../web/dist', import.meta.url)));
    const origin = originOf(config);
    const guards = {
      isOpen: (account: number) => isOpen(db, account),
      trustedProxies: config.trustedProxies,
    };
    const http = createHttpServer({ routes, identify, origin, log, metrics, pages, ...patience, ...guards });
    following = await followKeys(db, keys, (error) =>
      log.error({ err: error }, 'the keys could not be read again'),
    );
    const { host } = config;
    const url = await http.listen({ host, port: config.port });
    const figures = await serveMetrics(metrics, { host, port: config.metricsPort }).catch(async (error) => {
      await http.stop();
      throw error;
    });
    const tidying = tidyEveryMinute({ db, ledger, log });
    uploads.start();
    const deciding = claims.start(log);
    const messages = startMessages({ db, keys, log, site: origin, send: mailOf(config) });
    const stop = async () => {
      clearInterval(tidying);
      await Promise.all([http.stop(), uploads.stop(), messages.stop()]);
      await deciding.stop();
      await following?.stop();
      await ledger.close();
      await Promise.all([figures.stop(), db.end({ timeout: poolPatienceSeconds })]);
    };
    return { url, metricsUrl: figures.url, app: http.app, db, ledger, stop: once(stop) };
  } catch (error) {
    await following?.stop();
    await db.end({ timeout: poolPatienceSeconds });
    throw error;
  }
}

function tidyEveryMinute(use: { db: Database; ledger: Ledger; log: Log }): NodeJS.Timeout {
  const works = [
    { what: 'the ledger', tidy: () => use.ledger.tidy() },
    { what: 'the list of used proofs', tidy: () => forgetUsedProofs(use.db) },
    { what: 'the list of old messages', tidy: () => forgetOldMessages(use.db) },
  ];
  return setInterval(() => {
    for (const { what, tidy } of works) {
      tidy().catch((error: unknown) => use.log.warn({ err: error }, `${what} could not be tidied`));
    }
  }, tidyEveryMs).unref();
}

/** Every route of the server, in the order the documentation shows them. */
export function createRoutes(use: {
  readonly config: Config;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly db: Database;
  readonly ledger: Ledger;
  readonly uploads?: Uploads;
  readonly claims?: ClaimModule;
  /** Whether invented people may be signed in as, in one click. */
  readonly hasDoor?: boolean;
  /** Tells the security officer of a break-glass. */
  readonly told?: (review: ToldToReview) => void;
  /** Signing in by Pro Santé Connect, where it is configured. */
  readonly psc?: PscTools | undefined;
}): Route[] {
  const { db, keys, ledger, clock, config, psc } = use;
  const lenient = acceptsTestIdentifiers(config);
  const readInsurers = createReadInsurers(db);
  const lookup = createLookupCoverage({
    ...{ db, keys, ledger, clock, readInsurers, lenient },
    ...(use.told === undefined ? {} : { told: use.told }),
  });
  const routes = [
    ...rightsRoutes({ lookup, ledger, db }),
    ...reviewRoutes({ db, ledger }),
    ...(use.claims ?? composeClaimsOf(use)).routes,
    ...cardRoutes({ keys }),
    ...(use.uploads?.routes ?? []),
    ...insurerImportRoutes({ db }),
    ...signInRoutes({
      ...{ db, keys, ledger, clock, origin: originOf(config) },
      ...(psc === undefined ? {} : { leave: (session) => leaveProvider(psc, session) }),
    }),
    ...(psc === undefined ? [] : pscRoutes(psc)),
    ...accountRoutes({ db, keys, ledger }),
    ...softwareRoutes({ db, keys, ledger, clock, origin: originOf(config) }),
    ...manageRoutes({ db, keys, ledger }),
    ...clientRoutes({ db, keys, ledger }),
    ...statusRoutes({ db, ledger, clock, config }),
    ...ownRoutes({ db, keys, ledger, readInsurers }),
    ...(use.hasDoor === true ? demoRoutes({ db, keys }) : []),
  ];
  const checkReady = () => touchDatabase(db);
  return [
    ...routes,
    ...serviceRoutes({ routes, version: readVersion(), checkReady, statusFile: config.statusFile }),
  ];
}

function composeClaimsOf(use: {
  readonly config: Config;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly db: Database;
  readonly ledger: Ledger;
}): ClaimModule {
  const { config, ...tools } = use;
  const draw = createDrawPerson({ ...tools, lenient: acceptsTestIdentifiers(config) });
  return composeClaims({ ...tools, draw, readInsurers: createReadInsurers(tools.db) });
}

/** Where browsers and software reach the server: passkeys, tokens and proofs are made for it. */
export function originOf({ publicUrl, port }: Config): string {
  return publicUrl ?? `http://localhost:${port}`;
}

function composeUploads(use: {
  readonly config: Config;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly db: Database;
  readonly databaseUrl: string;
  readonly log: Log;
}): Uploads {
  const { config, ...tools } = use;
  return createUploads({
    ...tools,
    spoolFolder: config.spoolFolder ?? join(config.dataFolder, 'spool'),
    bytesMax: config.importBytesMax,
    lenient: acceptsTestIdentifiers(config),
    isProduction: config.environment === 'production',
  });
}

function mailOf({ smtpUrl, mailFrom, environment }: Config) {
  if (smtpUrl === undefined || mailFrom === undefined) return undefined;
  return createSendMail({ smtpUrl, from: mailFrom, isProduction: environment === 'production' });
}

/** All three settings, or none: the settings were checked for that. */
function composePsc(use: Omit<PscTools, 'issuer' | 'provider' | 'professionName'> & { config: Config }) {
  const { config, ...tools } = use;
  const { pscIssuer: issuer, pscClientId: clientId, pscClientSecretFile: file } = config;
  if (issuer === undefined || clientId === undefined || file === undefined) return undefined;
  const professionName = (code: string) => findProfession(code)?.fr ?? code;
  const mayBePlain = config.environment !== 'production';
  const settings = { issuer, clientId, clientSecret: readPscSecret(file), mayBePlain };
  return createPscTools({ ...tools, professionName }, settings);
}

function acceptsTestIdentifiers({ lenientIdentifiers, environment }: Config): boolean {
  return lenientIdentifiers && environment !== 'production';
}

async function checkDatabase(db: Database, lanes: number): Promise<void> {
  if (await serverRoleIsOwner(db)) {
    throw new Error(
      'The server does not start as an owner of its database: it could write the ledger around its ' +
        'function. Sign in as vigie_server.',
    );
  }
  const pending = await pendingMigrations(db);
  if (pending.length > 0) {
    throw new Error(
      `The database is not at this version: run \`npx vigie database migrate\` (${pending[0]} …).`,
    );
  }
  const created = await countLanes(db);
  // With another count, an account would be looked for in a lane it is not in.
  if (created !== lanes) {
    throw new Error(`This ledger has ${created} lanes, and VIGIE_LANES says ${lanes}: set it to ${created}.`);
  }
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return String(JSON.parse(text).version);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
