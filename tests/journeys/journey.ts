import type { Browser, Page } from 'playwright-core';
import { type RunningServer, startServer } from '../../src/compose.ts';
import { inviteHolder, type Role } from '../../src/modules/access/index.ts';
import { Keys } from '../../src/modules/vault/index.ts';
import { parisDay, systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { loadWorld } from '../../world/load-world.ts';
import { type DemoPerson, people } from '../../world/people.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { freePort } from '../free-port.ts';
import { openAs } from '../signing-in.ts';
import { openPage, startChromium } from './chromium.ts';

const today = parisDay(systemClock.now());
const country = { seed: 5, count: 400 };

/** A server with a small invented country, and a browser that anybody of it may open. */
export class Journey {
  readonly keys = new Keys(Buffer.alloc(32, 7));
  /** Everything the server wrote to its log. */
  readonly log: string[] = [];
  /** What the browser complained of: a page that its own policy stopped, or that threw. */
  readonly complaints: string[] = [];
  origin = '';
  #database: TestDatabase | undefined;
  #server: RunningServer | undefined;
  #browser: Browser | undefined;

  /** `more` gives settings to a server that will be at this address. */
  async start(more?: (origin: string) => Promise<Record<string, string>>): Promise<void> {
    this.#database = await cloneDatabase();
    await loadWorld({ db: this.#database.server, keys: this.keys }, country);
    const port = await freePort();
    this.origin = `http://localhost:${port}`;
    this.#server = await startServer({
      config: readConfig({
        ...{ VIGIE_PORT: String(port), VIGIE_METRICS_PORT: '0', VIGIE_ENV: 'test' },
        ...(await more?.(this.origin)),
      }),
      clock: systemClock,
      databaseUrl: this.#database.serverUrl,
      keys: this.keys,
      log: createLog('debug', { write: (line) => void this.log.push(line) }),
    });
    this.#browser = await startChromium();
  }

  /** The service is down; browsers stay. */
  async stopServer(): Promise<void> {
    await this.#server?.stop();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.stopServer();
    await this.#database?.drop();
  }

  tools() {
    if (this.#server === undefined) throw new Error('not started');
    const { db, ledger } = this.#server;
    return { db, ledger, keys: this.keys };
  }

  /** A window of its own, with its own passkeys. */
  async open(locale = 'fr-FR', width = 1200, browser = this.#browser): Promise<Page> {
    if (browser === undefined) throw new Error('not started');
    const page = await openPage(browser, { locale, viewport: { width, height: 800 } });
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      const isExpected = /status of (401|403|404|429)/.test(message.text());
      if (message.type() === 'error' && !isExpected) this.complaints.push(message.text());
    });
    return page;
  }

  /** Follows an invitation as its holder does: the link, then the eight digits. */
  async enter(page: Page, account: number): Promise<void> {
    const { link, code } = await inviteHolder(this.tools(), { account, by: 0, why: 'a test' });
    await page.goto(`${this.origin}/enrol#${link}`);
    await page.locator('input').first().focus();
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.locator('nav').waitFor();
    if (page.url().includes(link)) throw new Error('the link stays in the address');
  }

  async enterAs(page: Page, role: Role): Promise<number> {
    const { account } = await openAs(this.tools(), role);
    await this.enter(page, account);
    return account;
  }
}

/** People of the country whom an optician's lookup finds covered. */
export const covered = [...people(country.seed, country.count)].filter(
  ({ birthRank, birthDate, contracts }) =>
    birthRank === 1 && !birthDate.endsWith('00') && contracts.some(isOptics),
);

/** One of them. */
export function someone(place: number): DemoPerson {
  const found = covered[place];
  if (found === undefined) throw new Error('the country is too small');
  return found;
}

function isOptics({ onlineStart, onlineEnd, domains }: DemoPerson['contracts'][number]): boolean {
  const isOpen = onlineStart <= today && (onlineEnd ?? '9999') > today;
  return isOpen && domains.some(({ code }) => code === 'OPTI');
}
