import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { DemoClock } from '../world/demo-clock.ts';
import { checkDatabase } from './check-database.ts';
import { followOthers } from './follow-others.ts';
import { createMetrics, serveMetrics } from './http/metrics.ts';
import { readPages } from './http/pages.ts';
import { createHttpServer } from './http/server.ts';
import { serviceRoutes } from './http/service-routes.ts';
import {
  accountRoutes,
  clientRoutes,
  createIdentifyCaller,
  createPscTools,
  isDemo,
  leaveProvider,
  manageRoutes,
  openPlaces,
  type PscTools,
  pscRoutes,
  type Route,
  signInRoutes,
  softwareRoutes,
  touchDatabase,
} from './modules/access/index.ts';
import {
  type ClaimModule,
  composeClaims,
  createScenarioOf,
  type ScenarioOf,
  webhookRoutes,
} from './modules/claims/index.ts';
import { guardRoutes, tellingRoutes } from './modules/guard/index.ts';
import { createLedger, isOpen, type Ledger } from './modules/ledger/index.ts';
import {
  cardRoutes,
  createDrawPerson,
  createDrawSubject,
  createLookupCoverage,
  createReadInsurers,
  createTellBreakGlass,
  createUploads,
  findProfession,
  insurerImportRoutes,
  Notices,
  ownRoutes,
  reviewRoutes,
  rightsRoutes,
  type ToldToReview,
  type Uploads,
} from './modules/rights/index.ts';
import { confirmKeys, type Keys, openKeys } from './modules/vault/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { connect, type Database } from './platform/database/connect.ts';
import { assert } from './platform/errors.ts';
import { createLog, type Log } from './platform/log.ts';
import { createSendMail } from './platform/mail/send-mail.ts';
import { readPscSecret } from './platform/psc-settings.ts';
import { openSandbox, type Sandbox } from './sandbox/open-sandbox.ts';
import { startBackground } from './start-background.ts';
import { statusRoutes } from './status/routes.ts';

/** What a server is started with; nothing is kept outside it, so that one process can run two. */
export type ServerParts = {
  readonly config: Config;
  readonly clock: Clock;
  /** In a demo whose clock moves: what is recorded, quoted and decided follows it; signatures do not. */
  readonly demoClock?: DemoClock | undefined;
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

/** Starts a server on a migrated database; refuses one it must not or cannot work with. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { config, demoClock, clock: realClock } = parts;
  const clock = demoClock?.clock ?? realClock;
  const databaseUrl = parts.databaseUrl ?? config.databaseUrl;
  assert(databaseUrl !== undefined, 'a server needs a database');
  const log = parts.log ?? createLog(config.logLevel);
  const findPlace = config.placesFile === undefined ? undefined : openPlaces(config.placesFile);
  const db = connect(databaseUrl, { max: poolMax, applicationName: 'vigie server' });
  let following: { stop(): Promise<unknown> } | undefined;
  try {
    await checkDatabase(db, { lanes: config.lanes, clock });
    const keys =
      parts.keys ?? (await openKeys(db, { folder: config.keysFolder, command: config.masterKeyCommand }));
    if (parts.keys !== undefined) await confirmKeys(db, keys);
    const ledger = createLedger(db, { lanes: config.lanes, clock });
    const uploads = composeUploads({ config, clock, keys, db, databaseUrl, log });
    const house = { environment: config.environment, isDemo: await isDemo(db) };
    const origin = originOf(config);
    const sandbox = await openSandbox({ ...house, config, db, keys, ledger, origin, clock, demoClock });
    const told = createTellBreakGlass({ db, keys, log, site: origin });
    const psc = composePsc({ config, clock: realClock, keys, db, log, origin });
    const scenarioOf = createScenarioOf(db, house);
    const notices = new Notices();
    const claims = composeClaimsOf({ config, clock, keys, db, ledger, scenarioOf, notices });
    const asking = { clock, realClock, keys, db, ledger, notices };
    const routes = createRoutes({ ...asking, config, uploads, claims, told, psc, sandbox });
    const metrics = createMetrics();
    const identify = createIdentifyCaller({ db, keys, clock: realClock, origin, findPlace });
    const patience = parts.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: parts.requestTimeoutMs };
    const pages = readPages(fileURLToPath(new URL('../web/dist', import.meta.url)));
    const guards = { isOpen: (account: number) => isOpen(db, account), watch: sandbox?.watch(routes) };
    const { trustedProxies } = config;
    const shown = { routes, pages, origin, log, metrics, trustedProxies };
    const http = createHttpServer({ ...shown, identify, ...patience, ...guards });
    following = await followOthers({ db, keys, notices, log });
    const { host, port, metricsPort } = config;
    const url = await http.listen({ host, port });
    sandbox?.answersAt(url);
    const figures = await serveMetrics(metrics, { host, port: metricsPort }).catch(async (error) => {
      await http.stop();
      throw error;
    });
    const background = startBackground({
      ...{ db, keys, clock: realClock, ledger, log, uploads, claims, site: origin, send: mailOf(config) },
      ...{ isProduction: isProduction(config), guard: config.guard, soc: config, version: readVersion() },
    });
    const stop = async () => {
      await Promise.all([sandbox?.stop(), http.stop(), background.stop()]);
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

/** Every route of the server, in the order the documentation shows them. */
export function createRoutes(use: {
  readonly config: Config;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly db: Database;
  readonly ledger: Ledger;
  readonly uploads?: Uploads;
  readonly claims?: ClaimModule;
  /** Where `clock` is a demo's own: keys, proofs and webhooks are signed by the real time. */
  readonly realClock?: Clock;
  /** What a demo on this machine has besides. */
  readonly sandbox?: Pick<Sandbox, 'routes'> | undefined;
  /** Tells the security officer of a break-glass. */
  readonly told?: (review: ToldToReview) => void;
  /** Signing in by Pro Santé Connect, where it is configured. */
  readonly psc?: PscTools | undefined;
  /** What this process notices of the numbers it is asked for. */
  readonly notices?: Notices;
}): Route[] {
  const { db, keys, ledger, clock, config, psc } = use;
  const { realClock = clock } = use;
  const signingIn = { db, keys, ledger, clock: realClock, origin: originOf(config) };
  const lenient = acceptsTestIdentifiers(config);
  const readInsurers = createReadInsurers(db);
  const lookup = createLookupCoverage({
    ...{ db, keys, ledger, clock, readInsurers, lenient },
    ...(use.told === undefined ? {} : { told: use.told }),
    ...(use.notices === undefined ? {} : { notices: use.notices }),
  });
  const routes = [
    ...rightsRoutes({ lookup, ledger, db }),
    ...reviewRoutes({ db, ledger }),
    ...guardRoutes({ db, keys, ledger, site: originOf(config) }),
    ...tellingRoutes({ db, keys, site: originOf(config), isProduction: isProduction(config) }),
    ...(use.claims ?? composeClaimsOf(use)).routes,
    ...cardRoutes({ keys }),
    ...(use.uploads?.routes ?? []),
    ...insurerImportRoutes({ db }),
    ...signInRoutes({
      ...signingIn,
      ...(psc === undefined ? {} : { leave: (session) => leaveProvider(psc, session) }),
    }),
    ...(psc === undefined ? [] : pscRoutes(psc)),
    ...accountRoutes({ db, keys, ledger }),
    ...softwareRoutes(signingIn),
    ...manageRoutes({ db, keys, ledger }),
    ...clientRoutes({ db, keys, ledger }),
    ...statusRoutes({ db, ledger, clock, config }),
    ...ownRoutes({ db, keys, ledger, readInsurers }),
    ...webhookRoutes({ db, keys, clock: realClock, isProduction: isProduction(config) }),
    ...(use.sandbox?.routes ?? []),
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
  readonly scenarioOf?: ScenarioOf | undefined;
  readonly notices?: Notices;
}): ClaimModule {
  const { config, ...tools } = use;
  const draw = createDrawPerson({ ...tools, lenient: acceptsTestIdentifiers(config) });
  const drawSubject = createDrawSubject(tools);
  return composeClaims({ ...tools, draw, drawSubject, readInsurers: createReadInsurers(tools.db) });
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
    isProduction: isProduction(config),
  });
}

function mailOf(config: Config) {
  const { smtpUrl, mailFrom } = config;
  if (smtpUrl === undefined || mailFrom === undefined) return undefined;
  return createSendMail({ smtpUrl, from: mailFrom, isProduction: isProduction(config) });
}

function isProduction({ environment }: Config): boolean {
  return environment === 'production';
}

/** All three settings, or none: the settings were checked for that. */
function composePsc(use: Omit<PscTools, 'issuer' | 'provider' | 'professionName'> & { config: Config }) {
  const { config, ...tools } = use;
  const { pscIssuer: issuer, pscClientId: clientId, pscClientSecretFile: file } = config;
  if (issuer === undefined || clientId === undefined || file === undefined) return undefined;
  const professionName = (code: string) => findProfession(code)?.fr ?? code;
  const mayBePlain = !isProduction(config);
  const settings = { issuer, clientId, clientSecret: readPscSecret(file), mayBePlain };
  return createPscTools({ ...tools, professionName }, settings);
}

function acceptsTestIdentifiers(config: Config): boolean {
  return config.lenientIdentifiers && !isProduction(config);
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
