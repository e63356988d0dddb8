import { numbersIn } from './numbers.ts';

const number = numbersIn('fr');

/** What the guard says to the outside and of itself, in French. */
export const socFr = {
  title: 'Qui est prévenu de ce que fait la garde',
  says: 'Un centre de sécurité (SOC) reçoit chaque dossier, mesure et alarme : des numéros, jamais un nom.',
  empty:
    'Personne n’est prévenu hors de Vigie. Ajoutez un webhook, ou réglez syslog ou l’e-mail sur le serveur.',
  kinds: { webhook: 'Webhook', syslog: 'Syslog', mail: 'E-mail' },
  bySetting: 'réglé sur le serveur',
  upToDate: (at: string) => `À jour, dernier envoi le ${at}.`,
  nothingYet: 'Rien à envoyer encore.',
  waiting: (count: number) => `${number(count)} en attente.`,
  givenUp: (count: number) => `${number(count)} abandonné(s) : renvoyez-les.`,
  lastTry: (outcome: string) => `Dernier échec : ${outcome}.`,
  outcomes: {
    timeout: 'pas de réponse à temps',
    unreachable: 'serveur injoignable',
    'private-address': 'adresse d’un réseau privé',
    'not-set': 'adresse non réglée sur ce serveur',
    'no-turn': 'silence pendant quatre jours',
    'too-many': 'trop d’événements en attente',
  } as Readonly<Record<string, string>>,
  answered: (status: string) => `réponse ${status}`,
  ended: 'Terminé',
  add: 'Ajouter',
  url: 'Adresse du webhook',
  urlHelp: 'https://…, joignable depuis internet. Un événement d’essai part aussitôt.',
  urlBad: 'Cette adresse ne convient pas : https, sans nom ni mot de passe.',
  secretTitle: 'Ajouté. Notez ce secret : il ne sera plus montré.',
  secretHelp: 'Il vérifie les signatures (Standard Webhooks).',
  copy: 'Copier le secret',
  copied: 'Copié',
  sendAgain: 'Renvoyer…',
  sendAgainTo: (name: string) => `Renvoyer à ${name}`,
  sendAgainTitle: 'Renvoyer ce qui s’est passé',
  sendAgainSays: 'Chaque événement garde son numéro : qui l’a déjà le reconnaît.',
  since: 'Depuis',
  sinceDays: (days: number) => (days === 1 ? '1 jour' : `${days} jours`),
  sentAgain: (events: number) => `${number(events)} événement(s) repartent.`,
  send: 'Renvoyer',
  remove: 'Retirer…',
  removeOf: (name: string) => `Retirer ${name}`,
  removeTitle: 'Retirer ce webhook',
  removeSays: (name: string) =>
    `${name} ne recevra plus rien ; ce qui attend est abandonné. ` +
    'Chaque responsable de la sécurité en est averti par e-mail.',
  removeNow: 'Retirer',
  alarms: {
    'detector-throws': (detector: string, entries: string) =>
      `Le signal « ${detector} » échoue (${entries} inscriptions) : les autres continuent. ` +
      'Signalez-le à qui tient le logiciel.',
    'claims-silent': () =>
      'Aucune facture n’arrive plus alors que des personnes sont consultées. Après 16 heures sans ' +
      'facture, le signal des consultations sans facture attend. Regardez si les factures sont décidées.',
    'geography-missing': () =>
      'Les consultations ne portent plus de département : un signal ne voit rien. ' +
      'Regardez la version des serveurs.',
    'guard-behind': () =>
      'La garde a plus d’une minute de retard, ou ne répond plus. Les consultations continuent, ' +
      'dans la limite du crédit.',
  },
  alarmSince: (at: string) => `Depuis le ${at}. Se termine de lui-même.`,
};

/** The shape that every language has. */
export type SocTexts = typeof socFr;
