import type { Look } from '../../fold/look.ts';
import { rateOf, trackOf } from '../../fold/tracks.ts';
import { assumedRate, type SideRate, sameRate } from '../null-rate.ts';

const beside = assumedRate(
  0.35,
  0.45,
  'half of people live where they were born or beside; no measured figure',
);
const away = assumedRate(0.5, 0.6, 'people come from afar; no measured figure');

/** New people whose number was given outside the départements of the account's usual people. */
export const nullRates = sameRate(beside, {
  specialist: away,
  'hospital-admission': away,
  'emergency-admission': away,
  'thermal-spa': assumedRate(0.8, 0.88, 'people come from the whole country; no measured figure'),
});

/** In July and August, whatever the profession. */
export const summer = {
  name: 'summer',
  rate: rateOf.summer,
  track: trackOf.elsewhere,
  upper: 0.65,
  mark: 'assumed',
  because: 'half of the new people of a resort live elsewhere; no measured figure',
} as const satisfies SideRate;
const summerMonths: readonly number[] = [6, 7];

/** The bound that applies to a lookup: who goes on holiday is from elsewhere wherever they are seen. */
export function elsewhereBound(look: Look): number {
  return asSummer(look) ? summer.upper : (nullRates.upper[look.profession] as number);
}

/** Which rate that is. */
export function elsewhereRate(look: Look): number {
  return asSummer(look) ? summer.rate : summer.track;
}

function asSummer(look: Look): boolean {
  return (nullRates.upper[look.profession] as number) < summer.upper && isSummer(look.hour);
}

const asked = { day: -1, isSummer: false };

function isSummer(hour: number): boolean {
  const day = Math.floor(hour / 24);
  if (day !== asked.day) {
    asked.day = day;
    asked.isSummer = summerMonths.includes(new Date(day * 86_400_000).getUTCMonth());
  }
  return asked.isSummer;
}
