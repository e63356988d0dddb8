import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What an authenticator may get wrong, or a thief may try. */
export type Twist = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly unverified?: boolean;
  readonly counter?: number;
  /** A certificate that nobody asked for. */
  readonly certificate?: Uint8Array;
};

const flags = { present: 1, verified: 4, attested: 64 };

/** An authenticator in software (P-256, Web Authentication level 3): what a phone's or a key's chip does. */
export class SoftwarePasskey {
  readonly id = randomBytes(32);
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #origin: string;
  #counter = 0;

  constructor(origin: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
    this.#origin = origin;
  }

  /** What `navigator.credentials.create` gives. */
  create(options: PublicKeyCredentialCreationOptionsJSON, twist: Twist = {}): RegistrationResponseJSON {
    const idLength = Buffer.alloc(2);
    idLength.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), idLength, this.id, this.#coseKey()]);
    const authData = Buffer.concat([this.#head(flags.attested, twist), attested]);
    const attestation = new Map<string, unknown>([
      ['fmt', twist.certificate === undefined ? 'none' : 'packed'],
      ['attStmt', new Map(twist.certificate === undefined ? [] : [['x5c', [twist.certificate]]])],
      ['authData', new Uint8Array(authData)],
    ]);
    const attestationObject = Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url');
    const clientDataJSON = this.#clientData('webauthn.create', options.challenge, twist);
    return { ...this.#named(), response: { clientDataJSON, attestationObject } };
  }

  /** What `navigator.credentials.get` gives. */
  get(options: PublicKeyCredentialRequestOptionsJSON, twist: Twist = {}): AuthenticationResponseJSON {
    this.#counter += 1;
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, twist);
    const data = this.#head(0, { counter: this.#counter, ...twist });
    const clientHash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = sign('sha256', Buffer.concat([data, clientHash]), this.#privateKey).toString(
      'base64url',
    );
    const response = { clientDataJSON, authenticatorData: data.toString('base64url'), signature };
    return { ...this.#named(), response };
  }

  #named() {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  }

  #clientData(type: string, challenge: string, twist: Twist): string {
    const data = {
      type,
      challenge: twist.challenge ?? challenge,
      origin: twist.origin ?? this.#origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }

  #head(more: number, twist: Twist): Buffer {
    const rpId = twist.rpId ?? new URL(this.#origin).hostname;
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags.present | (twist.unverified === true ? 0 : flags.verified) | more);
    tail.writeUInt32BE(twist.counter ?? 0, 1);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), tail]);
  }

  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' });
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
    const key = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]);
    return Buffer.from(isoCBOR.encode(key as never));
  }
}
