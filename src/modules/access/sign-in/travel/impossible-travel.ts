/** Where an address is said to be, in whole degrees: squares of 100 km. Never a city, never the address. */
export type Place = { readonly latitude: number; readonly longitude: number };

/** Where one of the account's other sessions began and was in use: a session is bound to one network. */
export type Whereabouts = Place & {
  readonly begunSecondsAgo: number;
  readonly seenSecondsAgo: number;
  /** Whether its own beginning was impossible. */
  readonly isImpossible: boolean;
};

/**
 * What two places may be wrong by together. Half a degree each way is up to 80 km for each; the rest is the
 * error of files of places. Assumed.
 */
export const errorKm = 300;
/** An airliner, from door to door: nobody travels faster. Assumed. */
export const kmPerHour = 1000;
/** The other end of the earth is reached by then: whatever was seen earlier says nothing. */
export const tellsHours = 20;

/** `still` is impossible as a session before it was, which came to the same place. */
export type Travel = 'possible' | 'impossible' | 'still';

/**
 * Whether somebody who was at one of these places when it was last in use cannot be at this one by now.
 * Sessions that were impossible say nothing of where the holder is, so coming back is possible. Where the
 * account came before, and that was possible, only what was in use elsewhere since is impossible.
 *
 * Not seen: who is nearer than `errorKm`. Wrong of: a private network (VPN) that is switched on, a telephone
 * beside a desk whose carrier comes out in another city, a house with an address of either kind (IPv4, IPv6)
 * that the file places apart.
 */
export function judgeTravel(here: Place, others: readonly Whereabouts[]): Travel {
  const near = others.filter((other) => distanceKm(here, other) <= errorKm);
  const came = near.filter(({ isImpossible }) => !isImpossible);
  const cameSecondsAgo = Math.min(...came.map(({ begunSecondsAgo }) => begunSecondsAgo));
  const isFar = others.some(
    (other) =>
      !other.isImpossible &&
      other.seenSecondsAgo < cameSecondsAgo &&
      distanceKm(here, other) - errorKm > (Math.max(0, other.seenSecondsAgo) / 3600) * kmPerHour,
  );
  if (!isFar) return 'possible';
  return came.length < near.length ? 'still' : 'impossible';
}

const earthRadiusKm = 6371;

/** Along a great circle (haversine), on a round earth. */
export function distanceKm(a: Place, b: Place): number {
  const half = (degrees: number) => Math.sin((degrees * Math.PI) / 360) ** 2;
  const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
  const chord =
    half(b.latitude - a.latitude) + cosine(a.latitude) * cosine(b.latitude) * half(b.longitude - a.longitude);
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(Math.min(1, chord)));
}
