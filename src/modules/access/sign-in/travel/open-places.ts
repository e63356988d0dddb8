import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { type CityResponse, Reader } from 'mmdb-lib';
import { ConfigProblem } from '../../../../platform/config.ts';
import type { Place } from './impossible-travel.ts';

/** Where an address is said to be; null is unknown. */
export type FindPlace = (address: string) => Place | null;

/**
 * A place that its own file knows no better than this is unknown. Assumed; of such a radius MaxMind says that
 * two of three addresses are inside.
 */
const radiusKmMax = 100;
/** So many networks are looked at for a first place: real files have one among the first ten. */
const triedMax = 10_000;

/**
 * Opens a file of places of addresses (MaxMind DB) and keeps it in memory, as it is at the start. Fails with
 * a ConfigProblem when it cannot be read, is no such file, or tells no places of cities.
 */
export function openPlaces(file: string): FindPlace {
  const reader = openWhole(file);
  const find: FindPlace = (address) => {
    const version = isIP(address);
    // A file of IPv4 alone would read the beginning of an address of IPv6 as one of its own.
    if (version === 0 || version > reader.metadata.ipVersion) return null;
    try {
      return placeOf(reader.get(address));
    } catch {
      // Damaged where this address stands: unknown. Nobody is kept from signing in by it.
      return null;
    }
  };
  return find;
}

/** The day a file of places was built, null when it does not say; fails as opening it does. */
export function placesBuiltOn(file: string): string | null {
  const { buildEpoch } = openWhole(file).metadata;
  return Number.isNaN(buildEpoch.getTime()) ? null : buildEpoch.toISOString().slice(0, 10);
}

function openWhole(file: string): Reader<CityResponse> {
  const reader = openReader(file);
  if (!tellsPlaces(reader)) throw problem(file, 'tells no place of a city (location.latitude and longitude)');
  return reader;
}

function openReader(file: string): Reader<CityResponse> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw problem(file, `cannot be read${code}`);
  }
  try {
    return new Reader<CityResponse>(bytes);
  } catch {
    throw problem(file, 'is no MaxMind DB file, or a broken one; one that ends in .gz must be unpacked');
  }
}

/** Goes through its networks of IPv4, from the first, until one has a place. */
function tellsPlaces(reader: Reader<CityResponse>): boolean {
  let next = 0;
  for (let tried = 0; tried < triedMax && next < 2 ** 32; tried += 1) {
    const address = [24, 16, 8, 0].map((shift) => Math.floor(next / 2 ** shift) % 256).join('.');
    try {
      const [found, prefix] = reader.getWithPrefixLength(address);
      if (placeOf(found) !== null) return true;
      next += 2 ** (32 - prefix);
    } catch {
      return false;
    }
  }
  return false;
}

function placeOf(found: CityResponse | null): Place | null {
  // Without a city it is the middle of a country, whatever radius it says: in the GeoLite2 City of July 2018
  // 4.6 million French addresses are "within 100 km" of the middle of France (measured).
  if (found?.city === undefined) return null;
  const { latitude, longitude, accuracy_radius: radius } = found.location ?? {};
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
  if (typeof radius === 'number' && radius > radiusKmMax) return null;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  // Nobody lives there: files write it for what they do not know.
  if (latitude === 0 && longitude === 0) return null;
  return { latitude: Math.round(latitude), longitude: Math.round(longitude) };
}

function problem(file: string, says: string): ConfigProblem {
  return new ConfigProblem([`VIGIE_PLACES_FILE: ${file} ${says}`]);
}
