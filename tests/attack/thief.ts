import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Ledger } from '../../src/modules/ledger/index.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import type { Desk } from '../../world/desk.ts';

/** What the attacker knows of a person: everything the look-up asks for. */
export type Target = { readonly nir: string; readonly birthDate: string; readonly birthRank: number };

/** One stolen account and what its thief works with. */
export type Stolen = {
  readonly account: number;
  readonly headers: Desk['headers'];
  readonly servers: readonly string[];
  readonly targets: Iterator<Target>;
  readonly ownPatients: readonly Target[];
  readonly ledger: Ledger;
  readonly owner: Database;
};

/** What one stolen account took, by entry of the ledger. */
export type Loot = {
  strangers: number;
  ownPatients: number;
  refused: number;
  requests: number;
  entries: string[];
};

const connections = 6;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/**
 * A day's work of a thief who knows every rule: draw, refill by every trick, draw again, until nothing
 * gives any more.
 */
export async function stealForADay(stolen: Stolen): Promise<Loot> {
  const loot: Loot = { strangers: 0, ownPatients: 0, refused: 0, requests: 0, entries: [] };
  let before: number;
  await drawUntilRefused(stolen, loot);
  do {
    before = loot.strangers;
    await forgeExplanations(stolen);
    await drawUntilRefused(stolen, loot);
  } while (loot.strangers > before);
  await readAgain(stolen, loot);
  await guess(stolen, loot);
  return loot;
}

async function drawUntilRefused(stolen: Stolen, loot: Loot): Promise<void> {
  let refused = false;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (!refused) {
        const next = stolen.targets.next();
        if (next.done === true) return;
        // A made-up card code: as useful as none, and it must not make the lookup free.
        const status = await ask(stolen, loot, { ...next.value, presenceCode: '000000' });
        if (status === 200) loot.strangers += 1;
        else refused = true;
      }
    }),
  );
}

/**
 * Forged claims and false reasons for everyone drawn; claims taken back and sent again; what is explained
 * already, once more.
 */
async function forgeExplanations({ ledger, owner, account }: Stolen): Promise<void> {
  const charged = await owner`
      select subject from ledger.pair where account = ${account}::int and state = 1 order by first_at`;
  const claimed: { subject: string; claim: string }[] = [];
  for (const how of ['claim', 'reason', 'break-glass'] as const) {
    for (const { subject } of charged) {
      const claim = randomUUID();
      const said = await ledger.explain({ account, subject, how, by: account, claim });
      if (said === 'limit-reached') break;
      if (said === 'explained' && how === 'claim') claimed.push({ subject, claim });
    }
  }
  for (const { subject, claim } of claimed.slice(0, 3)) {
    await ledger.explain({ account, subject, how: 'claim', by: account, claim });
    await ledger.explain({ account, subject, how: 'claim', by: account, claim: randomUUID() });
  }
  const forgiven =
    await owner`select subject from ledger.pair where account = ${account}::int and state = 3 limit 3`;
  for (const { subject } of forgiven) {
    await ledger.explain({ account, subject, how: 'claim', by: account, claim: randomUUID() });
  }
  const again = claimed[0];
  if (again !== undefined) {
    const { subject, claim } = again;
    await ledger.explain({ account, subject, how: 'claim-taken-back', by: account, claim });
    // Within the day's limit it stays charged: the trick costs the thief one, as it should. By another
    // claim tomorrow.
  }
}

async function readAgain(stolen: Stolen, loot: Loot): Promise<void> {
  for (const patient of stolen.ownPatients) {
    if ((await ask(stolen, loot, patient)) === 200) loot.ownPatients += 1;
  }
}

/**
 * One wrong birth date and one unknown person a day: more would close the account's own balance of
 * unknown people.
 */
async function guess(stolen: Stolen, loot: Loot): Promise<void> {
  const patient = stolen.ownPatients[0];
  if (patient !== undefined) await ask(stolen, loot, { ...patient, birthDate: '1901-01-01' });
  await ask(stolen, loot, { nir: '199127512345681', birthDate: '1999-12-01', birthRank: 1 });
}

async function ask(stolen: Stolen, loot: Loot, person: Target & { presenceCode?: string }): Promise<number> {
  const server = stolen.servers[loot.requests % stolen.servers.length] ?? '';
  loot.requests += 1;
  const { status, entry } = await post(`${server}/v1/coverage-lookups`, stolen.headers, {
    ...person,
    careDate: '2026-03-02',
    purpose: 'TREAT',
  });
  if (status === 200) loot.entries.push(entry ?? 'none');
  else loot.refused += 1;
  if (status >= 500 || status === 401 || status === 422) throw new Error(`the server answered ${status}`);
  return status;
}

function post(
  url: string,
  desk: Desk['headers'],
  body: object,
): Promise<{ status: number; entry: string | undefined }> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = {
      ...desk,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        const entry = answer.headers['vigie-entry'];
        resolve({ status: answer.statusCode ?? 0, entry: typeof entry === 'string' ? entry : undefined });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}
