import { randomBytes } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import type { Ledger } from '../../ledger/index.ts';
import { type Keys, openText } from '../../vault/index.ts';
import {
  type ChallengeBinding,
  challengeMs,
  expiryOf,
  hashChallenge,
  isOurs,
  newChallenge,
} from './challenge.ts';
import * as store from './store.ts';

/** What passkeys are checked with. `origin` is where our pages are: one made elsewhere does not sign in. */
export type PasskeyTools = {
  readonly db: Database;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'coolOff' | 'answerChallenge'>;
  readonly origin: string;
};

/** A passkey that answered a challenge well, before anything was written. */
export type Verified = {
  readonly passkey: store.PasskeyRow;
  readonly challenge: Buffer;
};

const enrolment = (account: number): ChallengeBinding => ({ use: 'enrol', about: String(account) });
const anybody: ChallengeBinding = { use: 'sign-in', about: '' };

/** What a browser makes a passkey from: one that its holder unlocks, and that is found without a name. */
export async function offerEnrolment(
  tools: PasskeyTools,
  account: number,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { db, keys } = tools;
  const enrolling = await store.readEnrolling(db, account, randomBytes(16));
  if (enrolling === undefined) throw new Failure('not-found');
  const holder = JSON.parse(openText(keys, enrolling.holderSealed, `holder|${account}`)) as { name: string };
  const known = await store.listPasskeys(db, account);
  return generateRegistrationOptions({
    rpName: 'Vigie',
    rpID: new URL(tools.origin).hostname,
    userID: new Uint8Array(enrolling.userHandle),
    userName: holder.name,
    userDisplayName: holder.name,
    challenge: new Uint8Array(newChallenge(keys, enrolment(account), nowMs(tools))),
    timeout: challengeMs,
    attestationType: 'none',
    excludeCredentials: known.map(({ credential }) => ({ id: credential.toString('base64url') })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Checks the passkey a browser made for an account, or fails with `passkey-refused`. */
export async function verifyEnrolment(
  tools: PasskeyTools,
  account: number,
  response: RegistrationResponseJSON,
): Promise<Verified> {
  refuseAttestation(response);
  const check = challengeCheck(tools, enrolment(account));
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: check.isExpected,
    ...place(tools),
  }).catch(refused);
  if (registrationInfo === undefined) throw refusal();
  const { credential, credentialBackedUp } = registrationInfo;
  const passkey = {
    account,
    credential: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    backedUp: credentialBackedUp,
  };
  return { passkey, challenge: check.given() };
}

/**
 * Certificates were not asked for. Read, they would have the library fetch the addresses they name: what
 * somebody sends us must not make us call anybody.
 */
function refuseAttestation({ response }: RegistrationResponseJSON): void {
  let isPlain = false;
  try {
    const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
    const format = attestation.get('fmt');
    const certificates = attestation.get('attStmt').get('x5c');
    isPlain = format === 'none' || (format === 'packed' && certificates === undefined);
  } catch (error) {
    throw refusal(error);
  }
  if (!isPlain) throw refusal();
}

/** What a browser signs in with: any passkey of this place. The same for everybody: it names nobody. */
export function offerSignIn(tools: PasskeyTools): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: new URL(tools.origin).hostname,
    challenge: new Uint8Array(newChallenge(tools.keys, anybody, nowMs(tools))),
    timeout: challengeMs,
    userVerification: 'required',
  });
}

/** Checks who signs in, or fails with `passkey-refused`, whatever the reason. */
export async function verifySignIn(
  tools: PasskeyTools,
  response: AuthenticationResponseJSON,
): Promise<Verified> {
  const known = await store.findPasskey(tools.db, Buffer.from(response.id, 'base64url'));
  if (known === undefined) throw refusal();
  const check = challengeCheck(tools, anybody);
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: check.isExpected,
    ...place(tools),
    credential: { id: response.id, publicKey: new Uint8Array(known.publicKey), counter: known.counter },
  }).catch(refused);
  if (!verified) throw refusal();
  const { newCounter, credentialBackedUp } = authenticationInfo;
  return {
    passkey: { ...known, counter: newCounter, backedUp: credentialBackedUp },
    challenge: check.given(),
  };
}

/** Uses up a challenge that was answered: a recorded answer is no answer twice. */
export async function useChallenge(
  tx: Parameters<typeof store.useChallenge>[0],
  challenge: Buffer,
): Promise<void> {
  const isFirst = await store.useChallenge(tx, hashChallenge(challenge), expiryOf(challenge));
  if (!isFirst) throw refusal();
}

/** The one refusal: which of its reasons it was is for nobody outside. */
export function refusal(privateCause?: unknown): Failure {
  return new Failure('passkey-refused', privateCause === undefined ? {} : { privateCause });
}

function refused(error: unknown): never {
  throw refusal(error);
}

function place({ origin }: PasskeyTools) {
  return {
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
  };
}

/** What the library asks, remembering the challenge that it was asked about. */
function challengeCheck(tools: PasskeyTools, binding: ChallengeBinding) {
  let seen: Buffer | undefined;
  return {
    isExpected(text: string): boolean {
      seen = Buffer.from(text, 'base64url');
      return isOurs(tools.keys, seen, binding, nowMs(tools));
    },
    given(): Buffer {
      if (seen === undefined) throw refusal();
      return seen;
    },
  };
}

function nowMs({ clock }: PasskeyTools): number {
  return Number(clock.now() / 1000n);
}
