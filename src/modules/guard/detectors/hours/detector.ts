import {
  type AccountState,
  flagOf,
  hasFlag,
  numberAt,
  numberOf,
  setFlag,
  shortAt,
  wordAt,
} from '../../fold/account-state.ts';
import type { Look } from '../../fold/look.ts';
import { observeFixed, observeOwn } from '../../fold/own-share.ts';
import { hourClasses } from '../../fold/paris-hours.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { afterUnusual, nullRates } from './null-rate.ts';

const track = trackOf.hours;
/** Hours worked before habits mean anything: some two weeks. */
const hoursLeast = 80;
const usualShare = 0.25 / hourClasses;
const hoursMax = 4000;

/** One observation an hour of work: what is done within an hour is one decision to work then. */
export const hours: Detector = {
  number: 8,
  name: 'hours',
  says: { fr: 'des heures inhabituelles pour ce compte', en: 'hours unusual for this account' },
  weight: 0.02,
  nullRates: nullRates.rows,
  sideRates: [afterUnusual],
  track,
  tracks: 1,
  look(look, account) {
    if (look.byClaim || numberOf(account, numberAt.habitHour) === look.hour) return;
    account.numbers[numberAt.habitHour] = look.hour;
    const total = account.words[wordAt.habitTotal] as number;
    const own = account.shorts[shortAt.habits + look.hourClass] as number;
    const unusual = own < usualShare * total;
    if (total >= hoursLeast) {
      if (hasFlag(account, flagOf.lastWasUnusual)) observeFixed(account, look, afterUnusual, unusual);
      else
        observeOwn(account, look, {
          track,
          happened: unusual,
          upper: nullRates.upper[look.profession] as number,
        });
      setFlag(account, flagOf.lastWasUnusual, unusual);
    }
    learn(account, look, unusual && total >= hoursLeast);
  },
};

/** Unusual hours become habits by a tenth of all hours a week at most. */
function learn(account: AccountState, look: Look, unusual: boolean): void {
  const { words, shorts } = account;
  if (!look.learns) return;
  const total = words[wordAt.habitTotal] as number;
  const learned = words[wordAt.habitLearned] as number;
  if (unusual && !look.calibrating && learned >= total / 10) return;
  if (unusual) words[wordAt.habitLearned] = learned + 1;
  words[wordAt.habitTotal] = total + 1;
  shorts[shortAt.habits + look.hourClass] = (shorts[shortAt.habits + look.hourClass] as number) + 1;
  if (total + 1 < hoursMax) return;
  let left = 0;
  for (let place = shortAt.habits; place < shortAt.habits + hourClasses; place += 1) {
    shorts[place] = (shorts[place] as number) >> 1;
    left += shorts[place] as number;
  }
  words[wordAt.habitTotal] = left;
}
