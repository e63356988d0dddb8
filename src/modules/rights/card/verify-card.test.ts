import fc from 'fast-check';
import { CompactSign, compactVerify, importJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { Keys } from '../../vault/index.ts';
import { domainCodes } from '../domains.ts';
import { type Card, type CardDomain, readCard, writeCard } from './card.ts';
import { readCardText, readShownCode, writeCardText } from './card-text.ts';
import { publishedKeys, signCard } from './sign-card.ts';
import { cardType, verifyCard } from './verify-card.ts';

const keys = new Keys(Buffer.alloc(32, 7));
const published = publishedKeys(keys);
const others = new Keys(Buffer.alloc(32, 8));
const day = '2026-11-24';
const card: Card = {
  insurer: 'Mutuelle Aubépine',
  amcCode: '99500011',
  convention: 'V1',
  csr: '10330',
  memberNumber: '39475622',
  from: '2026-01-01',
  to: '2026-12-31',
  domains: domainCodes.slice(0, 22).map((domain, place) => ({
    domain,
    level: ['100 %', '100/100/85', 'PEC'][place % 3] ?? '',
    conventions: ['V1'],
    from: '2026-01-01',
    to: '2026-12-31',
  })),
};
let signed = '';
beforeAll(async () => {
  signed = await signCard(keys, card);
});

const because = async (text: string, on = day) => {
  const verdict = await verifyCard(text, published, on);
  return verdict.proves ? 'proves' : verdict.because;
};
const signAs = (header: object, text = writeCard(card), by = keys) =>
  new CompactSign(Buffer.from(text))
    .setProtectedHeader({ alg: 'EdDSA', typ: cardType, kid: published[0]?.kid, ...header } as never)
    .sign(by.signingKeys('card')[0]?.privateKey as never);
const base64url = (text: string) => Buffer.from(text).toString('base64url');

describe('a genuine card', () => {
  test('proves what it says, alone, in its address, with its code, or broken into lines', async () => {
    for (const text of [
      signed,
      writeCardText({ signed, code: null }, 'https://vigie.example'),
      `${signed.slice(0, 80)}\n  ${signed.slice(80)}\n`,
    ]) {
      expect(await verifyCard(text, published, day)).toEqual({ proves: true, card, code: null });
    }
    const shown = writeCardText({ signed, code: '123456' }, 'https://vigie.example');
    expect(await verifyCard(shown, published, day)).toEqual({ proves: true, card, code: '123456' });
    expect(readShownCode(shown)).toBe('123456');
    expect(readShownCode(signed)).toBeNull();
  });

  test('is a JWS that any other library verifies', async () => {
    const key = await importJWK(published[0] as never);
    const { payload } = await compactVerify(signed, key);
    expect(readCard(new TextDecoder().decode(payload))).toEqual(card);
  });

  test('fits a QR that a telephone reads: with every domain at three levels, under 700 characters', () => {
    const text = writeCardText({ signed, code: '123456' }, 'https://vigie.example');
    expect(text.length).toBeLessThan(700);
  });

  test('holds from its first to its last day, both included', async () => {
    const on = (each: string) => because(signed, each);
    expect(await on('2025-12-31')).toBe('not-begun');
    expect(await on('2026-01-01')).toBe('proves');
    expect(await on('2026-12-31')).toBe('proves');
    expect(await on('2027-01-01')).toBe('expired');
  });

  test('is still verified after its key was turned', async () => {
    const later = [...publishedKeys(others), ...published];
    expect((await verifyCard(signed, later, day)).proves).toBe(true);
  });
});

describe('what is no genuine card is refused', () => {
  test('every changed byte, and every changed letter', async () => {
    const bytes = signed.split('.').map((part) => Buffer.from(part, 'base64url'));
    for (const [part, content] of bytes.entries()) {
      for (let place = 0; place < content.length; place += 1) {
        const changed = bytes.map((each) => Buffer.from(each));
        const target = changed[part] as Buffer;
        target[place] = (target[place] ?? 0) ^ (1 << (place % 8));
        const text = changed.map((each) => each.toString('base64url')).join('.');
        expect([part, place, (await verifyCard(text, published, day)).proves]).toEqual([part, place, false]);
      }
    }
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const end = signed.length - 1;
    // The last letter of a signature has four bits that mean nothing: other libraries take sixteen of them.
    for (const letter of letters) {
      const text = signed.slice(0, end) + letter;
      expect([letter, (await verifyCard(text, published, day)).proves]).toEqual([letter, text === signed]);
    }
  });

  test('any text at all', async () => {
    const part = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_') });
    const texts = fc.oneof(
      fc.string(),
      fc.tuple(part, part, part).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect((await verifyCard(text, published, day)).proves).toBe(false);
      }),
    );
  });

  test('another algorithm, none included, and a public key taken for a secret', async () => {
    const [, content] = signed.split('.');
    const head = (alg: string) => base64url(JSON.stringify({ alg, typ: cardType, kid: published[0]?.kid }));
    for (const alg of ['none', 'None', ''])
      expect(await because(`${head(alg)}.${content}.`)).toBe('wrong-algorithm');
    const secret = Buffer.from(published[0]?.x ?? '', 'base64url');
    const hs256 = await new CompactSign(Buffer.from(writeCard(card)))
      .setProtectedHeader({ alg: 'HS256', typ: cardType, kid: published[0]?.kid ?? '' })
      .sign(secret);
    expect(await because(hs256)).toBe('wrong-algorithm');
    const stripped = `${signed.split('.').slice(0, 2).join('.')}.`;
    expect(await because(stripped)).toBe('forged');
  });

  test('a card of another key, under its own name and under ours', async () => {
    expect(await because(await signCard(others, card))).toBe('unknown-key');
    expect(await because(await signAs({}, writeCard(card), others))).toBe('forged');
  });

  test('something else that we signed, or a header that asks for more', async () => {
    expect(await because(await signAs({ typ: 'at+jwt' }))).toBe('not-a-card');
    const { publicKey } = others.signingKeys('card')[0] ?? {};
    const jwk = publicKey?.export({ format: 'jwk' });
    expect(await because(await signAs({ jwk }, writeCard(card), others))).toBe('not-a-card');
    expect(await because(await signAs({ kid: undefined }))).toBe('unknown-key');
  });

  test('a signed text that this version does not know, whatever stands in it', async () => {
    for (const change of [
      { v: 2 },
      { nir: '1' },
      { t: 'soon' },
      { t: '2025-01-01' },
      { d: [['x', 'NOPE']] },
      { n: 7 },
    ]) {
      const text = JSON.stringify({ ...JSON.parse(writeCard(card)), ...change });
      expect([change, await because(await signAs({}, text))]).toEqual([change, 'unknown-version']);
    }
  });

  test('what a forger wrote is never shown; what expired is', async () => {
    expect(await verifyCard(await signAs({}, writeCard(card), others), published, day)).toMatchObject({
      card: null,
    });
    expect(await verifyCard(signed, published, '2030-01-01')).toMatchObject({ because: 'expired', card });
  });
});

describe('a card as text', () => {
  const days = fc.constantFrom('2026-01-01', '2026-06-30', '2026-12-31');
  const word = fc.string({ maxLength: 40 });
  const domain = fc.record({
    domain: fc.constantFrom(...domainCodes),
    level: word.filter((text) => text !== ''),
    conventions: fc.array(fc.stringMatching(/^[A-Z0-9]{1,3}$/), { maxLength: 2 }),
    from: days,
    to: days,
  });
  const someCard = fc.record({
    ...{ insurer: fc.option(word), amcCode: fc.option(word), convention: fc.constant(null) },
    ...{ csr: fc.option(word), memberNumber: fc.option(word) },
    ...{ from: fc.constant('2026-01-01'), to: fc.constant('2026-12-31') },
    domains: fc.uniqueArray(domain, { selector: (each) => each.domain }),
  });

  test('is read as it was written', () => {
    fc.assert(
      fc.property(someCard, (each) => {
        const read = readCard(writeCard(each));
        const place = ({ domain: code }: CardDomain) => domainCodes.indexOf(code);
        const domains = [...each.domains].sort((one, other) => place(one) - place(other));
        expect(read).toEqual({ ...each, domains });
      }),
    );
  });

  test('its address is read as it was written, and two codes or none of six digits are not', () => {
    expect(readCardText('https://vigie.example/card#a.b.c~123456')).toEqual({
      signed: 'a.b.c',
      code: '123456',
    });
    for (const text of ['a.b.c~12345', 'a.b.c~123456~123456', 'a.b', 'https://vigie.example/card', '']) {
      expect([text, readCardText(text)]).toEqual([text, null]);
    }
  });
});
