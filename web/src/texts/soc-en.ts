import { numbersIn } from './numbers.ts';
import type { SocTexts } from './soc-fr.ts';

const number = numbersIn('en');

/** What the guard says to the outside and of itself, in English. */
export const socEn: SocTexts = {
  title: 'Who is told of what the guard does',
  says: 'A security operations centre (SOC) hears of every case, step and alarm: numbers, never a name.',
  empty: 'Nobody is told outside of Vigie. Add a webhook, or set syslog or e-mail on the server.',
  kinds: { webhook: 'Webhook', syslog: 'Syslog', mail: 'E-mail' },
  bySetting: 'set on the server',
  upToDate: (at) => `Up to date, last sent on ${at}.`,
  nothingYet: 'Nothing to send yet.',
  waiting: (count) => `${number(count)} waiting.`,
  givenUp: (count) => `${number(count)} given up: send them again.`,
  lastTry: (outcome) => `Last failure: ${outcome}.`,
  outcomes: {
    timeout: 'no answer in time',
    unreachable: 'server unreachable',
    'private-address': 'address of a private network',
    'not-set': 'address not set on this server',
    'no-turn': 'silent for four days',
    'too-many': 'too many events waiting',
  },
  answered: (status) => `answer ${status}`,
  ended: 'Ended',
  add: 'Add',
  url: 'Address of the webhook',
  urlHelp: 'https://…, reachable from the internet. A test event is sent at once.',
  urlBad: 'This address will not do: https, without a name or password.',
  secretTitle: 'Added. Note this secret: it is not shown again.',
  secretHelp: 'It checks signatures (Standard Webhooks).',
  copy: 'Copy the secret',
  copied: 'Copied',
  sendAgain: 'Send again…',
  sendAgainTo: (name) => `Send again to ${name}`,
  sendAgainTitle: 'Send again what happened',
  sendAgainSays: 'Each event keeps its number: whoever has it knows it again.',
  since: 'Since',
  sinceDays: (days) => (days === 1 ? '1 day' : `${days} days`),
  sentAgain: (events) => `${number(events)} event(s) are sent again.`,
  send: 'Send again',
  remove: 'Remove…',
  removeOf: (name) => `Remove ${name}`,
  removeTitle: 'Remove this webhook',
  removeSays: (name) =>
    `${name} hears nothing more; what waits is given up. Every security officer is told by e-mail.`,
  removeNow: 'Remove',
  alarms: {
    'detector-throws': (detector, entries) =>
      `The signal "${detector}" fails (${entries} entries): the others go on. ` +
      'Report it to whoever maintains the software.',
    'claims-silent': () =>
      'No claim comes any more while people are looked up. After 16 hours without one, the signal of ' +
      'lookups without a claim waits. Look whether claims are decided.',
    'geography-missing': () =>
      'Lookups carry no département any more: a signal sees nothing. Look at the version of the servers.',
    'guard-behind': () =>
      'The guard is more than a minute behind, or silent. Lookups go on, within the allowance.',
  },
  alarmSince: (at) => `Since ${at}. It ends by itself.`,
};
