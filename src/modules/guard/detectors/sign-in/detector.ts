import { signalBits } from '../../../ledger/index.ts';
import { type AccountState, numberAt, numberOf, wordAt } from '../../fold/account-state.ts';
import type { Look } from '../../fold/look.ts';
import { observeFixed, observeOwn } from '../../fold/own-share.ts';
import { trackOf } from '../../fold/tracks.ts';
import type { Detector } from '../detector.ts';
import { alternating, nullRates } from './null-rate.ts';

const networksMax = 12;
const clientsMax = 6;
const withinUs = 10 * 60 * 1e6;

/** What entries say of how their session was signed in to: neither is usual work. */
const unusual = signalBits.riskySignIn | signalBits.impossibleTravel;

/**
 * Where sessions come from, as entries say it: network and software both new, a sign-in that was unlike
 * the account's others or that nobody can have travelled to, and two sessions that alternate. Travel is told
 * where the operator names a file of places; elsewhere its bit is never set.
 */
export const signIn: Detector = {
  number: 10,
  name: 'sign-in',
  says: {
    fr: 'une connexion inhabituelle (réseau, logiciel, lieu), ou deux sessions à la fois',
    en: 'an unusual sign-in (network, software, place), or two sessions at once',
  },
  weight: 0.05,
  nullRates: nullRates.rows,
  sideRates: [alternating],
  track: trackOf.newNetwork,
  tracks: 2,
  look(look, account) {
    // Software sends its claims from where it runs, while who holds the account asks from elsewhere.
    if (look.byClaim) return;
    const { words } = account;
    const { entry } = look;
    const session = wordOf(entry.session);
    if (session === 0 || session === words[wordAt.session]) return;
    const returns = session === words[wordAt.otherSession];
    const network = wordOf(entry.network);
    if (!returns) openSession(look, account, network);
    else {
      // Coming back to a session that is still alive: alternating, if the networks differ.
      const soon = entry.at - numberOf(account, numberAt.lastLookupAt) <= withinUs;
      observeFixed(account, look, alternating, soon && network !== words[wordAt.sessionNetwork]);
    }
    words[wordAt.otherSession] = words[wordAt.session] as number;
    words[wordAt.session] = session;
    words[wordAt.sessionNetwork] = network;
  },
};

function openSession(look: Look, account: AccountState, network: number): void {
  const { words } = account;
  const isFirst = words[wordAt.session] === 0;
  const client = wordOf(look.entry.client);
  const newNetwork = remember(
    account,
    { from: wordAt.networks, count: networksMax, next: wordAt.networkNext },
    { word: network, learns: look.learns },
  );
  const newClient = remember(
    account,
    { from: wordAt.clients, count: clientsMax, next: wordAt.clientNext },
    { word: client, learns: look.learns },
  );
  // Its first session here has nothing to be compared with, but sign-ins without a lookup came before.
  const isNew = !isFirst && newNetwork && newClient;
  // From what the account uses it is a day told of before, or a holder who came back.
  const isUnusual = (newNetwork || newClient) && (look.entry.signals & unusual) !== 0;
  const upper = nullRates.upper[look.profession] as number;
  observeOwn(account, look, { track: trackOf.newNetwork, happened: isNew || isUnusual, upper });
}

/** Whether it was not among the last ones; it is now, unless the account is contained or near it. */
function remember(
  { words }: AccountState,
  ring: { readonly from: number; readonly count: number; readonly next: number },
  { word, learns }: { readonly word: number; readonly learns: boolean },
): boolean {
  if (word === 0) return false;
  for (let each = ring.from; each < ring.from + ring.count; each += 1) if (words[each] === word) return false;
  if (!learns) return true;
  const next = words[ring.next] as number;
  words[ring.from + next] = word;
  words[ring.next] = (next + 1) % ring.count;
  return true;
}

/** Sessions are numbers of eight bytes: four are enough to tell the last ones apart. */
function wordOf(number: number): number {
  return number === 0 ? 0 : (number + Math.floor(number / 2 ** 32)) >>> 0 || 1;
}
