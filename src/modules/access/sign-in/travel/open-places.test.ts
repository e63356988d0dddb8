import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { at, type Networks, somewhere, writePlacesFile } from '../../../../../tests/places-file.ts';
import { ConfigProblem } from '../../../../platform/config.ts';
import { openPlaces, placesBuiltOn } from './open-places.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-places-'));
const file = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const opened = (networks: Networks, version: 4 | 6 = 6) =>
  openPlaces(writePlacesFile(file('places.mmdb'), networks, version));

const country = { country: { iso_code: 'FR' } };
const paris = { latitude: 49, longitude: 2 };
const saintDenis = { latitude: -21, longitude: 55 };

test.each([
  ['192.0.2.1', paris],
  ['192.0.2.255', paris],
  ['198.51.100.77', saintDenis],
  ['2001:db8:1:2::3', { latitude: 46, longitude: 5 }],
  ['203.0.113.9', null],
  ['2001:db9::1', null],
  ['10.0.0.1', null],
  ['not an address', null],
  ['', null],
])('%s is told by whole degrees, or unknown', (address, place) => {
  expect(opened(somewhere)(address)).toEqual(place);
});

test('an address of IPv6 is unknown to a file of IPv4, whatever its first half is there', () => {
  // 2001:db8:: begins as 32.1.13.184 does.
  const find = opened({ '32.1.0.0/16': at(48.86, 2.35) }, 4);
  expect([find('32.1.13.184'), find('2001:db8::1')]).toEqual([paris, null]);
});

test.each([
  ['known to within 50 km', at(48.86, 2.35, 50), paris],
  ['somewhere in the country', at(48.86, 2.35, 500), null],
  ['no degrees that exist', at(148.86, 2.35), null],
  ['nowhere, as some write it', at(0, 0), null],
  ['texts for numbers', { ...at(0, 0), location: { latitude: '48.86', longitude: '2.35' } }, null],
  ['the middle of a country', { ...country, location: at(46, 2, 100).location }, null],
  ['the country alone', country, null],
])('%s', (_, record, place) => {
  expect(opened({ ...somewhere, '203.0.113.0/24': record })('203.0.113.9')).toEqual(place);
});

/** What opening it says is wrong with the settings. */
function problemsOf(path: string): readonly string[] {
  try {
    openPlaces(path);
  } catch (error) {
    if (error instanceof ConfigProblem) return error.problems;
    throw error;
  }
  return [];
}

const whole = () => readFileSync(writePlacesFile(file('whole.mmdb'), somewhere));
const written = (name: string, bytes: Buffer | string) => {
  writeFileSync(file(name), bytes);
  return file(name);
};

const erased = (bytes: Buffer) => bytes.fill(0, bytes.indexOf('city') - 8, bytes.indexOf('MaxMind') - 3);

test.each([
  ['absent', () => file('absent.mmdb'), /absent\.mmdb cannot be read \(ENOENT\)/],
  ['a folder', () => folder, /cannot be read \(EISDIR\)/],
  ['empty', () => written('empty.mmdb', ''), /is no MaxMind DB file/],
  [
    'a text',
    () => written('text.mmdb', 'latitude,longitude\n48.86,2.35\n'.repeat(1000)),
    /is no MaxMind DB file/,
  ],
  ['still packed', () => written('a.mmdb.gz', Buffer.from('1f8b0800', 'hex')), /\.gz must be unpacked/],
  ['cut short', () => written('short.mmdb', whole().subarray(0, -150)), /is no MaxMind DB file/],
  ['erased in its middle', () => written('erased.mmdb', erased(whole())), /tells no place/],
  ['of countries', () => writePlacesFile(file('c.mmdb'), { '192.0.2.0/24': country }), /tells no place/],
  ['of nobody', () => writePlacesFile(file('n.mmdb'), {}), /tells no place/],
])('a file that is %s stops the start, by the name of the setting', (_, path, says) => {
  const [problem = '', ...more] = problemsOf(path());
  expect(more).toEqual([]);
  expect(problem).toMatch(/^VIGIE_PLACES_FILE: /);
  expect(problem).toMatch(says);
});

test('it tells when it was built', () => {
  expect(placesBuiltOn(writePlacesFile(file('dated.mmdb'), somewhere))).toBe('2026-11-18');
  expect(() => placesBuiltOn(file('absent.mmdb'))).toThrow(ConfigProblem);
});

test('one that is damaged where an address stands does not know it, and knows the others', () => {
  const bytes = whole();
  // Saint-Denis is written last but one; its record's first byte then says a type that does not exist.
  const place = bytes.indexOf(Buffer.from('city'), bytes.indexOf(Buffer.from('city')) + 1);
  bytes.fill(0, place - 2, place);
  const find = openPlaces(written('damaged.mmdb', bytes));
  expect([find('198.51.100.1'), find('192.0.2.1')]).toEqual([null, paris]);
});
