import type { ToldChange, ToTell } from '../access/index.ts';
import type { Letter } from './letter.ts';

type Said = { readonly fr: readonly [string, string]; readonly en: readonly [string, string] };

const cooling = {
  fr: 'Pendant 24 heures, seules les personnes présentes peuvent être consultées.',
  en: 'For 24 hours, only people who are present can be looked up.',
};

/** What each change says: a subject, and what happened. */
const changes: Readonly<Record<ToldChange, Said>> = {
  enrolled: {
    fr: ['Votre première clé d’accès', 'Une première clé d’accès a été créée avec votre invitation.'],
    en: ['your first passkey', 'A first passkey was made with your invitation.'],
  },
  'passkey-added': {
    fr: ['Clé d’accès ajoutée', `Une clé d’accès a été ajoutée. ${cooling.fr}`],
    en: ['passkey added', `A passkey was added. ${cooling.en}`],
  },
  'passkey-removed': {
    fr: ['Clé d’accès retirée', `Une clé d’accès a été retirée. ${cooling.fr}`],
    en: ['passkey removed', `A passkey was removed. ${cooling.en}`],
  },
  recovered: {
    fr: [
      'Compte récupéré',
      'Une invitation a donné une nouvelle clé d’accès à ce compte ; ' +
        `les clés et sessions d’avant sont finies. ${cooling.fr}`,
    ],
    en: [
      'account recovered',
      'An invitation gave this account a new passkey; ' +
        `earlier passkeys and sessions ended. ${cooling.en}`,
    ],
  },
  invited: {
    fr: ['Invitation remise', 'Une invitation à créer une clé d’accès a été remise pour votre compte.'],
    en: ['invitation given', 'An invitation to make a passkey was given for your account.'],
  },
  'sessions-ended': {
    fr: ['Sessions fermées', 'Toutes les sessions de votre compte ont été fermées.'],
    en: ['sessions ended', 'All sessions of your account were ended.'],
  },
  suspended: {
    fr: ['Compte suspendu', 'Votre compte est suspendu : aucune consultation n’est possible.'],
    en: ['account suspended', 'Your account is suspended: nobody can be looked up.'],
  },
  open: {
    fr: ['Compte rétabli', 'Votre compte est rétabli.'],
    en: ['account reinstated', 'Your account is reinstated.'],
  },
  allowance: {
    fr: ['Crédit modifié', 'Votre crédit de consultation a été modifié.'],
    en: ['allowance changed', 'Your allowance was changed.'],
  },
  'guard-restricted': {
    fr: [
      'Compte limité',
      'La garde de Vigie a vu des consultations qui ne ressemblent pas aux vôtres : pour 24 heures au ' +
        'plus, seules les personnes présentes peuvent être consultées, avec le code de leur carte.',
    ],
    en: [
      'account restricted',
      'The guard of Vigie saw lookups that are not like yours: for 24 hours at most, only people who are ' +
        'present can be looked up, with the code of their card.',
    ],
  },
  'guard-suspended': {
    fr: [
      'Compte suspendu',
      'La garde de Vigie a vu des consultations qui ne ressemblent pas aux vôtres : votre compte est ' +
        'suspendu et toutes ses sessions sont fermées. Pour le rouvrir, téléphonez au responsable de la ' +
        'sécurité, au numéro que vous connaissez : il peut le faire aussitôt.',
    ],
    en: [
      'account suspended',
      'The guard of Vigie saw lookups that are not like yours: your account is suspended and all its ' +
        'sessions were ended. To open it again, telephone the security officer, at the number you know: ' +
        'it can be done at once.',
    ],
  },
  'guard-expired': {
    fr: ['Compte rouvert', 'La limite posée par la garde de Vigie a pris fin : rien ne l’a confirmée.'],
    en: ['account open again', 'The restriction set by the guard of Vigie has ended: nothing confirmed it.'],
  },
};

const notYou = {
  fr:
    'Si ce n’était ni vous ni à votre demande, téléphonez tout de suite au responsable de la sécurité, ' +
    'au numéro que vous connaissez.',
  en:
    'If this was neither you nor asked by you, telephone the security officer at once, ' +
    'at the number you know.',
};

/** What the holder of an account is told of a change: what, when, by what kind of person, what to do. */
export function changeLetter(change: Omit<ToTell, 'holderSealed'>, name: string): Letter {
  const { fr, en } = changes[change.what];
  const who = change.what.startsWith('guard-') ? guard : whoDid(change);
  const [frenchCap, englishCap] =
    change.cap === null ? ['', ''] : [` Il est de ${change.cap} personnes.`, ` It is ${change.cap} people.`];
  return {
    fr: {
      subject: `Vigie : ${fr[0]}`,
      lines: [
        `Bonjour ${name},`,
        `${fr[1]}${frenchCap}`,
        `Compte n° ${change.account}, le ${instant(change.at, 'fr-FR')} (heure de Paris), par ${who.fr}.`,
        notYou.fr,
      ],
    },
    en: {
      subject: en[0],
      lines: [
        `Dear ${name},`,
        `${en[1]}${englishCap}`,
        `Account no. ${change.account}, on ${instant(change.at, 'en-GB')} (Paris time), by ${who.en}.`,
        notYou.en,
      ],
    },
  };
}

const guard = { fr: 'la garde de Vigie, sans intervention humaine', en: 'the guard of Vigie, by itself' };

function whoDid({ account, by, byRole }: Pick<ToTell, 'account' | 'by' | 'byRole'>) {
  if (by === account) return { fr: 'une session de votre compte', en: 'a session of your own account' };
  if (by === 0 || byRole === null) return { fr: 'l’exploitant de Vigie', en: 'the operator of Vigie' };
  return byRole === 'security-officer'
    ? { fr: 'un responsable de la sécurité', en: 'a security officer' }
    : { fr: 'un administrateur de votre structure', en: 'an administrator of your organisation' };
}

function instant(at: Date, locale: string): string {
  const how = { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' } as const;
  return new Intl.DateTimeFormat(locale, how).format(at);
}
