import { type TSchema, Type } from '@sinclair/typebox';
import { Failure, Fault } from '../../../platform/errors.ts';
import { type Answer, declareRoute, type Route, word } from '../route.ts';
import { createThrottle } from '../sign-in/throttle/throttle.ts';
import { answerToken } from './answer-token.ts';
import { claimedClient } from './authenticate-client.ts';
import { consentRoutes } from './consent/routes.ts';
import type { SoftwareTools, TokenForm } from './give-token.ts';
import {
  resourceMetadata,
  resourceMetadataPath,
  serverMetadata,
  serverMetadataPath,
  tokenPath,
} from './profile.ts';
import { Refusal, refusals } from './refusal.ts';

const text = (description: string) => Type.Optional(Type.String({ description, maxLength: 16_384 }));
const tokenForm = Type.Object({
  grant_type: Type.String({ description: 'client_credentials, authorization_code or refresh_token.' }),
  client_assertion_type: text('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
  client_assertion: text('A JWT of the client: iss, sub, aud (this issuer), jti, exp within 5 minutes.'),
  client_id: text('The client, if it says it twice.'),
  scope: text('Permissions, separated by spaces; all that the account may have, when it is left out.'),
  code: text('Of authorization_code: the code.'),
  code_verifier: text('Of authorization_code: what the challenge was made of.'),
  redirect_uri: text('Of authorization_code: where the code was sent.'),
  refresh_token: text('Of refresh_token: the last one given.'),
});
const token = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('DPoP'),
  expires_in: Type.Integer({ description: 'Seconds.' }),
  scope: Type.String(),
  refresh_token: text('For another token without asking the holder again; good once.'),
});
const refusal = Type.Object({
  error: word(Object.keys(refusals), 'Why, in the words of OAuth.'),
  error_description: Type.String(),
});
const refused = { says: 'No token is given.', schema: refusal };

const open = { purpose: null, permission: 'none', failures: [] as const } as const;

/** How software signs in: the token endpoint, and what says where everything is. */
export function softwareRoutes(tools: SoftwareTools): Route[] {
  const { origin } = tools;
  const throttled = throttleTokens(tools);
  return [
    declareRoute({
      ...open,
      method: 'POST',
      path: tokenPath,
      says: 'Gives software an access token of five minutes, bound to the key of its proof.',
      requestHeaders: {
        DPoP: 'The proof (RFC 9449): a JWT signed with the key that will sign each request.',
      },
      body: tokenForm,
      form: true,
      failures: ['ledger-unavailable', 'too-many-attempts'],
      answers: {
        200: { says: 'A token.', schema: token },
        400: refused,
        401: { ...refused, says: 'The client is not who it says.' },
      },
      personal: true,
      handle: ({ body, headers, caller }) =>
        answering(() =>
          throttled(caller.network, body, () =>
            answerToken(tools, { form: body, proof: headers.dpop, network: caller.network }),
          ),
        ),
    }),
    ...consentRoutes(tools),
    declareDocument(serverMetadataPath, 'Where software signs in (RFC 8414).', serverMetadata(origin)),
    declareDocument(resourceMetadataPath, 'Which tokens the API takes (RFC 9728).', resourceMetadata(origin)),
  ];
}

/** As many clients as are remembered to have proven themselves; beyond, it begins anew. */
const provenMax = 50_000;

/**
 * A house that floods is heard no more, but for software that proved itself from there since this server
 * started. Clients are not counted one by one: whoever knows a client's name could keep it waiting.
 */
function throttleTokens({ clock }: SoftwareTools) {
  const proven = new Set<string>();
  const isRefused = (error: unknown) => error instanceof Refusal && error.code === 'invalid_client';
  const throttle = createThrottle(clock, isRefused);
  return async <T>(network: number, form: TokenForm, work: () => Promise<T>): Promise<T> => {
    const whose = `${network}|${claimedClient(form)}`;
    const told = await throttle({ network, isKnown: async () => proven.has(whose) }, work);
    if (proven.size >= provenMax) proven.clear();
    proven.add(whose);
    return told;
  };
}

async function answering(work: () => Promise<unknown>): Promise<Answer> {
  try {
    return { status: 200, body: await work() };
  } catch (error) {
    if (error instanceof Failure || error instanceof Fault) throw error;
    // The database is away: software tries again, and nothing was given.
    if (!(error instanceof Refusal)) throw new Failure('unavailable', { privateCause: error });
    const body = { error: error.code, error_description: error.message };
    return { status: refusals[error.code], body };
  }
}

function declareDocument(path: string, says: string, body: Readonly<Record<string, unknown>>): Route {
  return declareRoute({
    ...open,
    method: 'GET',
    path,
    says,
    body: null,
    answers: { 200: { says: 'The document.', schema: schemaOf(body), example: body } },
    personal: false,
    handle: async () => ({ status: 200, body }),
  });
}

function schemaOf(body: Readonly<Record<string, unknown>>): TSchema {
  const types = { string: Type.String(), boolean: Type.Boolean() } as Record<string, TSchema>;
  const list = Type.Array(Type.String());
  return Type.Object(
    Object.fromEntries(Object.entries(body).map(([name, value]) => [name, types[typeof value] ?? list])),
  );
}
