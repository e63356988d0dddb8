import type { Setting } from './config.ts';
import { notEmpty } from './psc-settings.ts';

/** By what impossible travel is noticed: a file, and without it nothing of it happens. */
export const placesSetting = {
  placesFile: {
    name: 'VIGIE_PLACES_FILE',
    kind: 'path of a file',
    says:
      'Tells where addresses are, in MaxMind DB format (.mmdb), read at the start: sign-ins too far apart ' +
      'are then told to the guard (docs/operating/places.md). Without it, none is.',
    fallback: undefined,
    secret: false,
    read: notEmpty,
  } as Setting<string | undefined>,
};
