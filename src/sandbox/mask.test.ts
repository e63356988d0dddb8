import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sandboxPeople } from '../../world/sandbox/people.ts';
import { declareRoute } from '../modules/access/index.ts';
import { controlKey } from '../modules/rights/index.ts';
import { createMask, masked } from './mask.ts';

const nested = Type.Object({ rpps: Type.String(), day: Type.String() });
const route = declareRoute({
  method: 'POST',
  path: '/v1/claims',
  says: 'As claims are.',
  permission: 'claim',
  purpose: null,
  body: Type.Object({
    nir: Type.String(),
    birthDate: Type.String(),
    presenceCode: Type.Optional(Type.String()),
    careDate: Type.String(),
    reference: Type.Optional(Type.String()),
    prescription: Type.Optional(nested),
    acts: Type.Array(Type.Object({ code: Type.String(), priceCents: Type.Integer() })),
  }),
  answers: { 200: { says: 'So.', schema: Type.Object({ memberNumber: Type.String() }) } },
  failures: [],
  personal: true,
  handle: async () => ({ status: 200, body: {} }),
});
const mask = createMask([route], sandboxPeople);
const [known] = sandboxPeople;

const two = (most: number, least = 0) =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));
const three = fc.integer({ min: 1, max: 999 }).map((value) => String(value).padStart(3, '0'));
/** The parts of a number of anybody, as cards set them apart. */
const parts = fc
  .tuple(
    fc.constantFrom('1', '2', '7', '8'),
    two(99),
    two(12, 1),
    fc.oneof(two(95, 1), fc.constantFrom('2A', '2B', '2a')),
    three,
    three,
  )
  .filter((all) => !sandboxPeople.some(({ nir }) => nir.startsWith(all.join(''))));
const separator = fc.constantFrom('', ' ', '  ', '.', '-', '\u00a0', '/');

/** What would tell the number: all its characters in a row, whatever stood between. */
const bare = (text: string) => text.replaceAll(/[^0-9ab]/gi, '').toUpperCase();

test('no number of anybody stays, wherever it stands and however it is written', () => {
  const names = fc.constantFrom('nir', 'reference', 'NIR', 'patient', 'detail', 'careDate', 'code');
  fc.assert(
    fc.property(parts, separator, names, fc.boolean(), (all, between, name, hasKey) => {
      const nir13 = all.join('');
      const number = [...all, ...(hasKey ? [controlKey(nir13.toUpperCase())] : [])].join(between);
      const content = { [name]: number, acts: [{ code: `F ${number} bis` }], deep: { [name]: [number] } };
      const told = JSON.stringify(mask.content(content, false));
      expect(bare(told)).not.toContain(nir13.toUpperCase());
      const url = `/v1/claims/${encodeURIComponent(number)}?code=${encodeURIComponent(number)}&n=${number}`;
      expect(bare(mask.address(url))).not.toContain(nir13.toUpperCase());
    }),
  );
});

test('a number that is no text is masked too', () => {
  expect(mask.content({ nir: 185014093245364, careDate: 185014093245364 }, false)).toEqual({
    nir: masked,
    careDate: masked,
  });
});

test('who is not of the sandbox is masked; codes are, whoever shows them; the rest stays', () => {
  const claim = {
    ...{ nir: '1 85 01 40 932 453 64', birthDate: '1985-01-21', presenceCode: '123456' },
    ...{ careDate: '2026-11-27', reference: 'F-1', acts: [{ code: 'MON', priceCents: 9000 }] },
    prescription: { rpps: '10101010101', day: '2026-11-02' },
  };
  expect(mask.isAboutKnown(claim)).toBe(false);
  expect(mask.content(claim, false)).toEqual({
    ...claim,
    ...{ nir: masked, birthDate: masked, presenceCode: masked },
  });
  const { nir, birthDate } = known ?? claim;
  const own = { ...claim, nir, birthDate };
  expect(mask.isAboutKnown(own)).toBe(true);
  expect(mask.content(own, true)).toEqual({ ...own, presenceCode: masked });
  expect(mask.content({ memberNumber: '9500001' }, true)).toEqual({ memberNumber: '9500001' });
  expect(mask.content({ memberNumber: '9500001' }, false)).toEqual({ memberNumber: masked });
});

test('a number of the sandbox with another birth date is somebody else’s', () => {
  const wrong = { nir: known?.nir, birthDate: '1980-02-03' };
  expect(mask.content(wrong, mask.isAboutKnown(wrong))).toEqual({ nir: masked, birthDate: masked });
});

test('what no route declares is not shown, name or content', () => {
  expect(mask.content({ dateOfBirth: '1985-01-21', 'Jeanne Dupré': 1 }, false)).toEqual({ [masked]: masked });
});

test('an address shows what is declared of it', () => {
  expect(mask.address('/v1/claims?code=a&nir=1&born=1985-01-21')).toBe(
    `/v1/claims?code=a&nir=${masked}&${masked}`,
  );
  expect(mask.address('/v1/people/1985-01-21')).toBe(`/v1/people/${masked}`);
  expect(mask.address('/v1/people/%2531850140932453')).toBe('/v1/people/');
});

test('numbers of our own making stay', () => {
  const own = '12345678-1234-4123-8123-123456789012';
  expect(mask.text(`/v1/claims/${own}`)).toBe(`/v1/claims/${own}`);
});
