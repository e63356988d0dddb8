import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlKey, type NirOptions, parseNir, writeNir } from './nir.ts';

const accepted: readonly [text: string, kind: string, nir13: string, what: string][] = [
  ['284058832102532', 'NIR', '2840588321025', 'fifteen characters'],
  ['2840588321025', 'NIR', '2840588321025', 'without a key'],
  ['2 84 05 88 321 025 32', 'NIR', '2840588321025', 'spaced'],
  ['\t 284058832102532\r\n', 'NIR', '2840588321025', 'blanks around'],
  ['255081416802538', 'NIR', '2550814168025', 'another'],
  ['28405 2A 321025 52', 'NIR', '284052A321025', 'South Corsica'],
  ['28405 2a 321025 52', 'NIR', '284052A321025', 'small letter'],
  ['28405 2B 321025 79', 'NIR', '284052B321025', 'North Corsica'],
  ['28420 2B 321025 28', 'NIR', '284202B321025', 'month 20: birth month unknown'],
  ['294037512000591', 'NIR', '2940375120005', 'Paris'],
  ['153124500723160', 'NIR', '1531245007231', 'December'],
  ['295109912611193', 'NIR', '2951099126111', 'born abroad'],
  ['180127512345642', 'NIR', '1801275123456', 'published example'],
  ['269054958815780', 'NIR', '2690549588157', 'published example'],
  ['279035121518989', 'NIR', '2790351215189', 'sample patient'],
  ['7112312345678', 'NNP', '7112312345678', 'provisional'],
  ['8 2 789 65432189', 'NNP', '8278965432189', 'provisional, spaced'],
  ['5112312345678', 'MIG', '5112312345678', 'passing migrant'],
  ['6 2 789 65432189', 'MIG', '6278965432189', 'passing migrant, spaced'],
];

const refused: readonly [text: unknown, problem: string, what: string][] = [
  ['255081416802500', 'key', 'key 00'],
  ['284058832102530', 'key', 'key of another number'],
  ['284058832102598', 'shape', 'keys end at 97'],
  ['8 84 05 88 321 025 23', 'length', 'a provisional number has no key'],
  ['8840588321025', 'shape', 'a provisional number of no known origin'],
  ['2 84 05 88 321 30', 'length', 'too short'],
  ['28405883210253', 'length', 'fourteen'],
  ['2840588321025321', 'length', 'sixteen'],
  ['', 'length', 'nothing'],
  ['2840088321025', 'shape', 'month 00'],
  ['2841388321025', 'shape', 'month 13'],
  ['2841988321025', 'shape', 'month 19'],
  ['3840588321025', 'shape', 'sex 3'],
  ['284052C321025', 'shape', 'department 2C'],
  ['28405A2321025', 'shape', 'letter misplaced'],
  ['284-058832102', 'shape', 'hyphen'],
  ['2840588321025\u00a032', 'length', 'a no-break space is not a space'],
  ['\u00a02840588321025\u00a0', 'shape', 'no-break spaces are not trimmed'],
  ['２840588321025', 'shape', 'full-width digit'],
  ['7012312345678', 'shape', 'provisional number of before 2012'],
  ['5012312345678', 'shape', 'migrant number of no known origin'],
  ['711231234567890', 'length', 'provisional number with a key'],
  [284058832102532, 'not-text', 'a number'],
  [null, 'not-text', 'null'],
];

describe('a number that may name a person', () => {
  it.each(accepted)('accepts %j as %s', (text, kind, nir13) => {
    expect(parseNir(text)).toMatchObject({ kind, nir13 });
  });

  it.each(refused)('refuses %j: %s (%s)', (text, problem) => {
    expect(parseNir(text)).toEqual({ problem });
  });

  it('gives the key that was written, and none when none was', () => {
    expect(parseNir('284058832102532')).toEqual({ kind: 'NIR', nir13: '2840588321025', key: '32' });
    expect(parseNir('2840588321025')).toEqual({ kind: 'NIR', nir13: '2840588321025' });
  });

  it('accepts a provisional number of before 2012 when told to', () => {
    expect(parseNir('7012312345678', { before2012: true })).toMatchObject({ kind: 'NNP' });
    expect(parseNir('5012312345678', { before2012: true })).toEqual({ problem: 'shape' });
  });

  it('reads published test identifiers with a wrong key when lenient, and says that the key is wrong', () => {
    expect(controlKey('1700175101123')).toBe('88');
    expect(parseNir('170017510112313')).toEqual({ problem: 'key' });
    const lenient = parseNir('170017510112313', { lenient: true });
    expect(lenient).toEqual({ kind: 'NIR', nir13: '1700175101123', key: '13', wrongKey: true });
    expect(parseNir('284058832102599', { lenient: true })).toMatchObject({ wrongKey: true });
    expect(parseNir('284058832102532', { lenient: true })).not.toHaveProperty('wrongKey');
  });

  it('is written as on a card', () => {
    expect(writeNir('2840588321025')).toBe('2 84 05 88 321 025 32');
    expect(writeNir('284052A321025')).toBe('2 84 05 2A 321 025 52');
    expect(writeNir('7112312345678')).toBe('7 1 123 12345678');
  });
});

const digits = (length: number) =>
  fc.integer({ min: 0, max: 10 ** length - 1 }).map((value) => String(value).padStart(length, '0'));
const month = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((value) => String(value).padStart(2, '0')),
  fc.integer({ min: 20, max: 99 }).map(String),
);
const department = fc.oneof({ weight: 3, arbitrary: digits(2) }, fc.constantFrom('2A', '2B'));
const nir13 = fc
  .tuple(fc.constantFrom('1', '2'), digits(2), month, department, digits(6))
  .map((parts) => parts.join(''));
const options: fc.Arbitrary<NirOptions> = fc.record(
  { lenient: fc.boolean(), before2012: fc.boolean() },
  { requiredKeys: [] },
);

describe('the control key', () => {
  it('agrees with the other published form for Corsica: the letter as 0, less one or two million', () => {
    fc.assert(
      fc.property(nir13, (number) => {
        const less = number.includes('A') ? 1_000_000 : number.includes('B') ? 2_000_000 : 0;
        const value = Number(number.replace(/[AB]/, '0')) - less;
        expect(Number(controlKey(number))).toBe(97 - (value % 97));
      }),
    );
  });

  it('survives writing and reading, in any case and spacing', () => {
    fc.assert(
      fc.property(nir13, fc.boolean(), (number, small) => {
        const text = small ? writeNir(number).toLowerCase() : writeNir(number).replaceAll(' ', '');
        expect(parseNir(text)).toEqual({ kind: 'NIR', nir13: number, key: controlKey(number) });
      }),
    );
  });

  it('catches every single wrong digit', () => {
    fc.assert(
      fc.property(nir13, fc.nat(14), fc.integer({ min: 1, max: 9 }), (number, place, step) => {
        const text = number + controlKey(number);
        const digit = text.charAt(place);
        fc.pre(/\d/.test(digit));
        const wrong = replaceAt(text, place, String((Number(digit) + step) % 10));
        expect(parseNir(wrong)).toHaveProperty('problem');
      }),
      { numRuns: 2000 },
    );
  });

  it('catches the wrong letter of Corsica', () => {
    fc.assert(
      fc.property(
        nir13.filter((number) => /[AB]/.test(number)),
        (number) => {
          const other = number.replace(/[AB]/, (letter) => (letter === 'A' ? 'B' : 'A'));
          expect(parseNir(other + controlKey(number))).toEqual({ problem: 'key' });
        },
      ),
    );
  });

  // 10^i and 10^j differ modulo 97 unless i = j: only a digit of the number and the digit of the key that
  // weighs the same may change places unseen: the last with the last, the one before with the one before.
  it('catches every two digits that changed places, but those that weigh the same', () => {
    fc.assert(
      fc.property(nir13, fc.nat(14), fc.nat(14), (number, a, b) => {
        const text = number + controlKey(number);
        const [first, second] = [text.charAt(a), text.charAt(b)];
        fc.pre(first !== second && /\d/.test(first) && /\d/.test(second));
        const swapped = replaceAt(replaceAt(text, a, second), b, first);
        const blind = Math.abs(a - b) === 2 && Math.max(a, b) >= 13;
        if (!blind) expect(parseNir(swapped)).toHaveProperty('problem');
      }),
      { numRuns: 2000 },
    );
  });

  it('cannot catch the last digit of the number and of the key changing places', () => {
    expect(controlKey('2840588321025')).toBe('32');
    expect(parseNir('284058832102235')).toEqual({ kind: 'NIR', nir13: '2840588321022', key: '35' });
  });
});

describe('garbage', () => {
  it('never throws, and what is accepted has thirteen characters and reads back as itself', () => {
    const near = fc.string({ unit: fc.constantFrom(...'0123456789 2AaBb\t\u00a0é'), maxLength: 22 });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), near), options, (value, told) => {
        const read = parseNir(value, told);
        if ('problem' in read) return;
        expect(read.nir13).toMatch(/^\d{5}(\d\d|2A|2B)\d{6}$/);
        expect(parseNir(read.nir13, told)).toMatchObject({ kind: read.kind, nir13: read.nir13 });
      }),
      { numRuns: 2000 },
    );
  });
});

function replaceAt(text: string, place: number, sign: string): string {
  return text.slice(0, place) + sign + text.slice(place + 1);
}
