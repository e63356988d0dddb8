import { assert as holds, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { cefText, escapeHeader, escapeValue } from './cef.ts';
import { eventTable, type WrittenEvent } from './events.ts';
import { syslogText } from './syslog.ts';

const sender = { host: 'vigie.example', version: '1.2' };
const event: WrittenEvent = {
  id: '3f0c9c1e-8f0a-4b8e-9a53-0d3a5a2b7a11',
  type: 'guard.account.suspended',
  at: new Date('2026-11-24T08:30:00.125Z'),
  data: {
    ...{ case: '12', account: 41, organisation: 7, shadow: false, from: 'open', to: 'suspended' },
    ...{ bits: 24.126, honey: true, entry: '0/77', detectors: [{ name: 'honey', bits: 30.004 }] },
  },
};

test('a suspension as CEF in a syslog message', () => {
  expect(syslogText(event, sender)).toBe(
    '<34>1 2026-11-24T08:30:00.125Z vigie.example vigie - guard.account.suspended - ' +
      'CEF:0|Vigie|guard|1.2|guard.account.suspended|Account suspended|10|rt=1795509000125 ' +
      'externalId=3f0c9c1e-8f0a-4b8e-9a53-0d3a5a2b7a11 cat=guard/honey suid=41 cs1Label=case cs1=12 ' +
      'cs2Label=ledgerEntry cs2=0/77 cs3Label=detectorBits cs3=honey:30 act=suspended ' +
      'cs4Label=organisation cs4=7 cfp1Label=bits cfp1=24.13',
  );
});

test.each([
  ['a|b', 'a\\|b', 'a|b'],
  ['a=b', 'a=b', 'a\\=b'],
  ['a\\b', 'a\\\\b', 'a\\\\b'],
  ['a\\|b=', 'a\\\\\\|b=', 'a\\\\|b\\='],
  ['a\nb', 'a b', 'a\\nb'],
  ['a\r\nb', 'a b', 'a\\r\\nb'],
  ['a\u2028b\u0000c\u0085d', 'a b c d', 'a b c d'],
  ['\n<34>1 - forged CEF:0|x', ' <34>1 - forged CEF:0\\|x', '\\n<34>1 - forged CEF:0|x'],
  ['été', 'été', 'été'],
])('hostile text %j in the header and in a value', (given, header, value) => {
  expect(escapeHeader(given)).toBe(header);
  expect(escapeValue(given)).toBe(value);
});

/** The extension as a reader takes it apart: a key is a word before an equal sign that is not escaped. */
function read(line: string): Record<string, string> {
  const extension = line
    .split(/(?<!\\)(?:\\\\)*\|/)
    .slice(7)
    .join('|');
  const pairs = [...extension.matchAll(/(?:^| )(\w+)=((?:\\.|[^\\=])*?)(?=(?: \w+=)|$)/gs)];
  const plain = (text: string) =>
    text.replace(/\\(.)/g, (_, one: string) => ({ n: '\n', r: '\r' })[one] ?? one);
  return Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, plain(value)]));
}

test('whatever a value holds, no other field is forged, no line is broken', { timeout: 30_000 }, () => {
  holds(
    property(string({ unit: 'binary', maxLength: 60 }), (hostile) => {
      const line = cefText(
        { ...event, data: { ...event.data, entry: `${hostile} act=open suid=1|` } },
        sender,
      );
      expect(line).not.toMatch(/[\n\r\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(read(line)).toMatchObject({ act: 'suspended', suid: '41', cs1: '12', cfp1: '24.13' });
    }),
  );
});

test('every type has a severity of CEF and a name that syslog can carry', () => {
  for (const [type, { severity }] of Object.entries(eventTable)) {
    expect(severity).toBeGreaterThanOrEqual(0);
    expect(severity).toBeLessThanOrEqual(10);
    expect(type).toMatch(/^[\x21-\x7e]{1,32}$/);
  }
});
