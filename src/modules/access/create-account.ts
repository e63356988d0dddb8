import type { Database } from '../../platform/database/connect.ts';
import type { AccountFigures, Ledger } from '../ledger/index.ts';
import { type Keys, sealText, staffIndex } from '../vault/index.ts';
import { professionalIndex } from './directory/indexes.ts';
import type { Role } from './roles.ts';
import * as store from './store.ts';

/** What accounts are made with. */
export type AccountTools = { readonly db: Database; readonly keys: Keys; readonly ledger: Ledger };

/** The person an account belongs to, and what the profession's table allows it. */
export type NewAccount = {
  readonly organisation: number;
  readonly profession: string;
  /** What it is for; a professional's, unless it says else. */
  readonly role?: Role;
  /** The insurer it works for. */
  readonly insurer?: number;
  readonly holder: { readonly name: string; readonly email?: string; readonly identifier?: string };
  readonly figures: Omit<AccountFigures, 'organisation'>;
};

/** The figures of those who look nobody up: they draw nobody, and the ledger holds them to it. */
export const drawsNobody: NewAccount['figures'] = {
  cap: 0,
  renewalPerDay: 0,
  usualNewPeoplePerDay: 0,
  peoplePerDayMax: 0,
  openingBalance: 0,
};

/** Adds an organisation; its name is sealed. */
export async function createOrganisation(tools: Omit<AccountTools, 'ledger'>, name: string): Promise<number> {
  return store.insertOrganisation(tools.db, sealText(tools.keys, name, 'organisation'));
}

/** Opens an account, which nothing signs in yet: its holder is invited, or its software registered. */
export async function openAccount(tools: AccountTools, asked: NewAccount): Promise<number> {
  const { db, keys, ledger } = tools;
  const { organisation, profession, holder } = asked;
  const isProfessional = (asked.role ?? 'professional') === 'professional';
  // The ledger first: an account it does not know could not be limited. A crash only wastes a number.
  const account = await ledger.openAccount({ organisation, ...asked.figures });
  await store.insertAccount(db, {
    account,
    organisation,
    profession,
    role: asked.role ?? 'professional',
    holderSealed: sealText(keys, JSON.stringify(holder), `holder|${account}`),
    emailIndex: holder.email === undefined ? null : staffIndex(keys, holder.email),
    insurer: asked.insurer ?? null,
    rppsIndex: isProfessional ? professionalIndex(keys, holder.identifier ?? '') : null,
  });
  return account;
}
