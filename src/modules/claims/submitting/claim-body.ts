import { type Static, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { checkBody } from '../../../platform/check-body.ts';
import { isDay } from '../../../platform/clock.ts';
import { Failure } from '../../../platform/errors.ts';
import { careDay, personFields } from '../../rights/index.ts';
import { careFields, careOf } from '../care/care-body.ts';
import { engagementPattern } from '../quotes/quote.ts';
import type { AskedClaim } from './submit-claim.ts';

const closed = { additionalProperties: false };
const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** The body of a claim. */
export const claimBody = Type.Object(
  {
    ...personFields,
    careDate: Type.String(careDay),
    ...careFields,
    prescription: Type.Optional(
      Type.Object(
        {
          rpps: Type.String({ pattern: '^\\d{11}$', description: 'RPPS number of who prescribed.' }),
          day: Type.String({ ...careDay, description: 'The day of the prescription.' }),
        },
        closed,
      ),
    ),
    engagement: Type.Optional(
      Type.String({ pattern: `^${engagementPattern}$`, description: 'The engagement it is sent against.' }),
    ),
    expectedCents: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'What you count that insurers pay.' }),
    ),
    reference: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 35,
        description: 'Your own name of the invoice; it is sealed.',
      }),
    ),
    replaces: Type.Optional(Type.String({ pattern: uuid, description: 'The claim that this one corrects.' })),
  },
  closed,
);

const checked = TypeCompiler.Compile(claimBody);

/** Reads one claim of many; throws the failure that names each field that is not acceptable. */
export function readClaimOfMany(body: unknown): AskedClaim {
  return askedOf(checkBody(checked, body) as Static<typeof claimBody>);
}

/** Reads a claim from a body that was checked. */
export function askedOf(body: Static<typeof claimBody>): AskedClaim {
  const { acts: _acts, practice: _practice, situation: _situation, ...rest } = body;
  const { prescription, engagement, expectedCents, reference, replaces, ...person } = rest;
  if (prescription !== undefined) checkPrescription(prescription);
  return {
    person,
    care: careOf(body),
    ...(prescription === undefined ? {} : { prescription }),
    ...(engagement === undefined ? {} : { engagement }),
    ...(expectedCents === undefined ? {} : { expectedCents }),
    ...(reference === undefined ? {} : { reference }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

function checkPrescription({ day }: { readonly rpps: string; readonly day: string }): void {
  if (isDay(day)) return;
  throw new Failure('invalid-field', {
    fields: [{ field: 'prescription.day', says: 'is a day that does not exist' }],
  });
}
