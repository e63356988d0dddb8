import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { Failure } from '../../../platform/errors.ts';
import { isOpen } from '../../ledger/index.ts';
import type { Caller } from '../caller.ts';
import { refuseBlocked } from '../networks/refuse-blocked.ts';
import { noteToTell } from '../telling/store.ts';
import { cookieOf, hashSecret, newSecret, secretOf } from './cookie.ts';
import { hashesOf, type Presented, readInvitation } from './invite-holder.ts';
import {
  type PasskeyTools,
  refusal,
  useChallenge,
  type Verified,
  verifyEnrolment,
  verifySignIn,
} from './passkeys.ts';
import { assessSignIn } from './risk/assess-sign-in.ts';
import * as store from './store.ts';

/** So long after their first key holders are still enrolling: the second one they are asked for is of it. */
const enrollingMinutes = 30;

/** Where and with what a session begins: keyed numbers and a coarse place, never an address. */
export type Beginning = Pick<Caller, 'network' | 'client' | 'findPlace'>;

/** A session that began: its account, and the cookie that is shown this once. */
export type Begun = { readonly account: number; readonly cookie: string };

/**
 * Signs in with a passkey, which also answers a challenge of the account. The session that the browser held
 * before ends with it, so that asking again in the middle of work does not leave one behind.
 */
export async function signIn(
  tools: PasskeyTools,
  asked: { response: AuthenticationResponseJSON; from: Beginning; cookie: string | undefined },
): Promise<Begun> {
  const verified = await verifySignIn(tools, asked.response);
  const old = secretOf(asked.cookie);
  return tools.db.begin(async (tx) => {
    await useChallenge(tx, verified.challenge);
    if (!(await store.usePasskey(tx, verified.passkey))) throw refusal();
    if (old !== null) await store.endSessionOf(tx, hashSecret(old));
    const begun = await begin(tx, verified, asked.from);
    // Last: it holds the lane until the commit. A challenge asks for this passkey, and for nothing else.
    await tools.ledger.answerChallenge(tx, begun.account);
    return begun;
  });
}

/**
 * Makes the invited holder's passkey and signs in. What the account had before, passkeys and sessions, ends:
 * an invitation is for a first passkey, or for whoever lost theirs.
 */
export async function enrol(
  tools: PasskeyTools,
  asked: { invitation: Presented; response: RegistrationResponseJSON; from: Beginning },
): Promise<Begun> {
  const account = await readInvitation(tools.db, asked.invitation);
  const verified = await verifyEnrolment(tools, account, asked.response);
  return tools.db.begin(async (tx) => {
    await useChallenge(tx, verified.challenge);
    if (!(await store.useInvitation(tx, hashesOf(asked.invitation).linkHash))) throw refusal();
    await store.lockAccount(tx, account);
    const isFirst = (await store.minutesSinceFirstKey(tx, account)) === null;
    await store.removePasskeys(tx, account);
    await store.endSessions(tx, account, account);
    if (!(await store.insertPasskey(tx, verified.passkey))) throw refusal();
    const begun = await begin(tx, verified, asked.from);
    await noteToTell(tx, { account, what: isFirst ? 'enrolled' : 'recovered', by: account });
    if (!isFirst) await tools.ledger.coolOff(tx, { account, why: 'recovered', by: account });
    return begun;
  });
}

/** Adds a passkey to the account that is signed in, whose passkey was just asked for. */
export async function addPasskey(
  tools: PasskeyTools,
  asked: { account: number; session: bigint; onlyFirst: boolean; response: RegistrationResponseJSON },
): Promise<void> {
  if (!(await isOpen(tools.db, asked.account))) throw new Failure('account-suspended');
  const verified = await verifyEnrolment(tools, asked.account, asked.response);
  await tools.db.begin(async (tx) => {
    // Locked against a recovery at the same moment: a session that it ended adds no key.
    await store.lockAccount(tx, asked.account);
    if (!(await store.isSessionLive(tx, asked.session))) throw new Failure('unauthenticated');
    await checkFirst(tx, asked);
    await useChallenge(tx, verified.challenge);
    const { account } = asked;
    const minutes = await store.minutesSinceFirstKey(tx, account);
    if (!(await store.insertPasskey(tx, verified.passkey))) throw refusal();
    // The first key, and a second beside it, change nothing a holder had: an enrolment cools nothing off.
    if (minutes === null) await noteToTell(tx, { account, what: 'enrolled', by: account });
    else if (minutes < enrollingMinutes)
      await noteToTell(tx, { account, what: 'passkey-added', by: account });
    else await changed(tools, tx, { account, what: 'passkey-added' });
  });
}

/** Removes one of the account's own passkeys unless it is the last; whether it did. */
export async function removePasskey(
  tools: PasskeyTools,
  account: number,
  credential: Buffer,
): Promise<boolean> {
  return tools.db.begin(async (tx) => {
    const isRemoved = await store.removePasskey(tx, account, credential);
    if (isRemoved) await changed(tools, tx, { account, what: 'passkey-removed' });
    return isRemoved;
  });
}

/** The holder is told, and who changed the keys draws nobody who is absent for a while. */
async function changed(
  tools: PasskeyTools,
  tx: Transaction,
  { account, what }: { account: number; what: 'passkey-added' | 'passkey-removed' },
): Promise<void> {
  await noteToTell(tx, { account, what, by: account });
  // Last: it holds the lane until the commit.
  await tools.ledger.coolOff(tx, { account, why: what, by: account });
}

/** Whoever came by Pro Santé Connect makes the first passkey of an account, and no other. */
export async function checkFirst(
  db: PasskeyTools['db'] | Transaction,
  asked: { readonly account: number; readonly onlyFirst: boolean },
): Promise<void> {
  if (!asked.onlyFirst) return;
  if ((await store.listPasskeys(db, asked.account)).length > 0) throw new Failure('passkey-needed');
}

async function begin(tx: Transaction, { passkey }: Verified, from: Beginning): Promise<Begun> {
  await refuseBlocked(tx, from.network);
  const secret = newSecret();
  const { account, credential } = passkey;
  const session = await store.insertSession(tx, {
    hash: hashSecret(secret),
    account,
    passkey: credential,
    network: from.network,
    client: from.client,
  });
  await assessSignIn(tx, session, from);
  return { account, cookie: cookieOf(secret) };
}
