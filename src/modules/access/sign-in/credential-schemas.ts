import { type TSchema, Type } from '@sinclair/typebox';

const closed = { additionalProperties: false };
const base64url = (description: string, maxLength = 8192) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength, description });
const shared = {
  id: base64url('The credential’s id.', 1400),
  rawId: base64url('The same.', 1400),
  type: Type.Literal('public-key'),
  clientExtensionResults: Type.Object(
    {},
    { additionalProperties: true, description: 'What extensions said; none is used.' },
  ),
  authenticatorAttachment: Type.Optional(
    Type.Union([Type.Literal('platform'), Type.Literal('cross-platform')]),
  ),
};

/** What `navigator.credentials.create` gave, as JSON (Web Authentication, level 3). */
export const newCredential = Type.Object(
  {
    ...shared,
    response: Type.Object(
      {
        clientDataJSON: base64url('What the browser signed about the page.'),
        attestationObject: base64url('The public key, from the authenticator.', 32_768),
        authenticatorData: Type.Optional(base64url('A part of the above.')),
        publicKey: Type.Optional(base64url('A part of the above.')),
        publicKeyAlgorithm: Type.Optional(Type.Integer()),
        transports: Type.Optional(Type.Array(Type.Unsafe<'internal'>(Type.String({ maxLength: 20 })))),
      },
      closed,
    ),
  },
  closed,
);

/** What `navigator.credentials.get` gave, as JSON. */
export const usedCredential = Type.Object(
  {
    ...shared,
    response: Type.Object(
      {
        clientDataJSON: base64url('What the browser signed about the page.'),
        authenticatorData: base64url('What the authenticator says of itself.'),
        signature: base64url('Its signature.'),
        userHandle: Type.Optional(base64url('The account’s handle.', 100)),
      },
      closed,
    ),
  },
  closed,
);

/** What a browser needs to make or use a passkey, passed on as the standard writes it. */
export const credentialOptions: TSchema = Type.Object({}, { additionalProperties: true });
