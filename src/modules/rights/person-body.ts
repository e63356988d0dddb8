import { Type } from '@sinclair/typebox';

/** Why a person may be asked for. */
export const purposeWords = ['TREAT', 'HPAYMT'] as const;

/** The day of care in a body. */
export const careDay = { pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The day of care, YYYY-MM-DD.' };

/** Whom a body asks for: never the number alone. */
export const personFields = {
  nir: Type.String({
    maxLength: 40,
    description: 'Social security number, 13 or 15 characters, spaces allowed.',
  }),
  birthDate: Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    description: 'Birth date, YYYY-MM-DD, as on the card: a lunar date too.',
  }),
  birthRank: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 9, description: 'Birth rank among twins, 1 to 9.' }),
  ),
  presenceCode: Type.Optional(
    Type.String({
      pattern: '^\\d{6}$',
      description: 'The six digits of the person’s card: proof that they are there.',
    }),
  ),
};
