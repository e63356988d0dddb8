import { randomUUID } from 'node:crypto';
import type { Transaction } from '../../platform/database/binary-copy.ts';
import type { Database } from '../../platform/database/connect.ts';
import { isMailAddress } from '../../platform/mail/mail-address.ts';
import { listAdministrators, listHolders, readHolder, takeToTell } from '../access/index.ts';
import { type Keys, openText, sealText } from '../vault/index.ts';
import { changeLetter } from './change-letter.ts';
import { type Letter, oneLine, type Written, writeLetter } from './letter.ts';
import { insertMessage, type Kept } from './store.ts';

/** What messages are written with; `site` is the address that holders type. */
export type WritingTools = { readonly keys: Keys; readonly site: string };

/** A message, opened. */
export type Message = Written & { readonly to: string };

const takenAtOnce = 100;

/**
 * Turns changes that holders must be told of into messages, in one transaction: stopped anywhere, each
 * change is still there or its message is. Whether there may be more.
 */
export async function followChanges(db: Database, tools: WritingTools): Promise<boolean> {
  return db.begin(async (tx) => {
    const changes = await takeToTell(tx, takenAtOnce);
    for (const change of changes) {
      const { name, email } = readHolder(tools.keys, change);
      await keep(tx, tools, {
        account: change.account,
        what: change.what,
        to: email,
        letter: changeLetter(change, oneLine(name)),
      });
    }
    return changes.length === takenAtOnce;
  });
}

/**
 * Writes to every security officer who has an address; how many. Give the transaction of what it tells,
 * and it is told if and only if that happened. The letter names nobody insured: mail is read by others.
 */
export async function tellOfficers(
  db: Database | Transaction,
  tools: WritingTools,
  told: { readonly what: string; readonly letter: Letter },
): Promise<number> {
  let written = 0;
  for (const officer of await listHolders(db, 'security-officer')) {
    const { email } = readHolder(tools.keys, officer);
    if (await keep(db, tools, { ...told, account: officer.account, to: email })) written += 1;
  }
  return written;
}

/** Writes to every administrator of an organisation who has an address; how many. As `tellOfficers` does. */
export async function tellAdministrators(
  db: Database | Transaction,
  tools: WritingTools,
  told: { readonly organisation: number; readonly what: string; readonly letter: Letter },
): Promise<number> {
  let written = 0;
  for (const administrator of await listAdministrators(db, told.organisation)) {
    const { email } = readHolder(tools.keys, administrator);
    const { what, letter } = told;
    if (await keep(db, tools, { what, letter, account: administrator.account, to: email })) written += 1;
  }
  return written;
}

/** Writes to an address that a setting of the server names. As `tellOfficers` does. */
export async function tellAddress(
  db: Database | Transaction,
  tools: WritingTools,
  told: { readonly to: string; readonly what: string; readonly letter: Letter },
): Promise<boolean> {
  return keep(db, tools, { ...told, account: 0 });
}

/** Opens a message that is kept. */
export function openMessage(keys: Keys, { id, sealed }: Pick<Kept, 'id' | 'sealed'>): Message {
  return JSON.parse(openText(keys, sealed, about(id))) as Message;
}

/** Keeps a message; false when the holder has no address, or one that is not plainly one. */
async function keep(
  db: Database | Transaction,
  { keys, site }: WritingTools,
  asked: { account: number; what: string; to: string | undefined; letter: Letter },
): Promise<boolean> {
  const { account, what, to, letter } = asked;
  if (to === undefined || !isMailAddress(to)) return false;
  const id = randomUUID();
  const message: Message = { to, ...writeLetter(letter, site) };
  await insertMessage(db, { id, account, what, sealed: sealText(keys, JSON.stringify(message), about(id)) });
  return true;
}

function about(id: string): string {
  return `message|${id}`;
}
