import { departementOf } from '../../../ledger/index.ts';
import { type AccountState, numberAt, shortAt, wordAt } from '../../fold/account-state.ts';
import { alternatives, observe, observePair } from '../../fold/e-detector.ts';
import type { Look } from '../../fold/look.ts';
import { observeOwn, ownRate } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { neverSeenBound } from '../never-seen/null-rate.ts';
import { elsewhereBound, elsewhereRate, nullRates, summer } from './null-rate.ts';

const departements = 101;
/** Before this many people an account has no usual départements. */
export const peopleLeast = 20;
/** Everybody's départements count as so many people of the account: one of twenty is not yet a habit. */
const priorPeople = 10;
const usualShare = 0.03;
/** Beyond this the histogram is halved: old people fade. */
const peopleMax = 4000;
const both = numberAt.tracks + trackOf.newAndElsewhere * alternatives;

/**
 * Observed on new people alone, so that mixing in the account's own patients hides nothing. Its second
 * e-detector multiplies "new" by "elsewhere": the second rate is that among new people, so it holds given
 * the first, which is what a product needs.
 */
export const geography: Detector = {
  number: 2,
  name: 'geography',
  says: {
    fr: 'des personnes nouvelles venues d’ailleurs que d’habitude',
    en: 'new people from elsewhere than usual',
  },
  weight: 0.15,
  nullRates: nullRates.rows,
  sideRates: [summer],
  track: trackOf.elsewhere,
  tracks: 2,
  look(look, account) {
    if (look.again || look.high === 0) return;
    const place = departementOf(look.entry.signals);
    const ready = place !== 0 && (account.words[wordAt.departementTotal] as number) >= peopleLeast;
    const happened = ready && !isUsual(account, place);
    if (!look.byClaim) observeNew(look, account, ready ? happened : undefined);
    if (look.stranger && ready) {
      const upper = elsewhereBound(look);
      observeOwn(account, look, { track: trackOf.elsewhere, happened, upper, rate: elsewhereRate(look) });
    }
    if (place !== 0) learn(account, look, place);
  },
};

/**
 * New, and from elsewhere if the account has usual départements: undefined when that is not known. Not of
 * claims, which say nothing by being of somebody new.
 */
function observeNew(look: Look, account: AccountState, elsewhere: boolean | undefined): void {
  const first = ownRate(account, trackOf.neverSeen, neverSeenBound(look));
  if (!look.stranger || elsewhere === undefined) {
    observe(account, both, look.stranger, first);
    return;
  }
  const rates = { first, second: ownRate(account, trackOf.elsewhere, elsewhereBound(look)) };
  observePair(account, both, rates, elsewhere);
}

/** Whether people of this département are usual for the account; everybody's are its prior. */
export function isUsual(account: AccountState, place: number): boolean {
  const total = account.words[wordAt.departementTotal] as number;
  const own = account.shorts[shortAt.departements + place] as number;
  return own + priorPeople / departements >= usualShare * (total + priorPeople);
}

/** Own patients teach; strangers only while there is nobody else to learn from; a tenth a week at most. */
function learn(account: AccountState, look: Look, place: number): void {
  const { words, shorts } = account;
  const total = words[wordAt.departementTotal] as number;
  const learned = words[wordAt.departementLearned] as number;
  if (!look.learns || (look.stranger && total >= peopleLeast)) return;
  if (!look.calibrating && total >= peopleLeast && learned >= Math.max(3, total / 10)) return;
  words[wordAt.departementLearned] = learned + 1;
  words[wordAt.departementTotal] = total + 1;
  shorts[shortAt.departements + place] = (shorts[shortAt.departements + place] as number) + 1;
  if (total + 1 >= peopleMax) halve(account);
}

function halve(account: AccountState): void {
  let total = 0;
  for (let place = shortAt.departements; place < shortAt.departements + 128; place += 1) {
    account.shorts[place] = (account.shorts[place] as number) >> 1;
    total += account.shorts[place] as number;
  }
  account.words[wordAt.departementTotal] = total;
}
