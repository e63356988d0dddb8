import type { Letter } from '../../messages/index.ts';

/** What is told of a containment to those who can do something about it: numbers, and nobody's name. */
export type ToldStep = {
  readonly account: number;
  readonly caseFile: string;
  readonly to: number;
  readonly isHoney: boolean;
  /** The evidence asks to suspend it; what only watches, or e-BH over all accounts, does not allow it. */
  readonly isHeldBack: boolean;
  readonly bits: number;
  /** Of the account's ledger entry that led to it. */
  readonly entry: string;
};

const done = {
  2: { fr: 'limité aux personnes présentes', en: 'restricted to people who are present' },
  3: { fr: 'suspendu ; toutes ses sessions sont fermées', en: 'suspended; all its sessions were ended' },
} as const;

/** Why honey asks for it. */
const met = {
  2: {
    fr:
      'Il a demandé une personne qui n’existe pas, à côté d’un numéro qu’il venait de demander. Une seule ' +
      'peut être un piège tendu à son comptoir ; une seconde en trente jours suspendra le compte.',
    en:
      'It asked for a person who does not exist, next to a number that it had just asked for. One alone ' +
      'may be a trap set at its counter; a second within thirty days will suspend the account.',
  },
  3: {
    fr: 'Il a demandé deux personnes qui n’existent que pour cela : aucune faute de frappe n’y mène.',
    en: 'It asked for two persons who exist for that alone: no typing error leads there.',
  },
} as const;

const heldBack = {
  fr:
    'L’indice demandait une suspension. Sur l’ensemble des comptes il n’est pas encore assez rare, ou un ' +
    'détecteur qui ne fait qu’observer y est pour trop : le compte n’est limité que pour 24 heures.',
  en:
    'The evidence asked for a suspension. Among all accounts it is not rare enough yet, or too much of it ' +
    'comes from a detector that only watches: the account is restricted for 24 hours, no longer.',
} as const;

/** What the administrators of the account's organisation are told: what happened, and what to do. */
export function administratorLetter(step: ToldStep): Letter {
  const is = said(step.to);
  return {
    fr: {
      subject: `Vigie : compte ${step.account} de votre structure`,
      lines: [
        `La garde de Vigie a trouvé des consultations inhabituelles du compte ${step.account}. Il est ` +
          `${is.fr}.`,
        'Demandez de vive voix à son titulaire si ces consultations sont les siennes. Si oui, ' +
          'téléphonez au responsable de la sécurité, qui peut rouvrir le compte aussitôt. Sinon, ne ' +
          'touchez à rien : rien de plus ne sortira, et il vous dira la suite.',
      ],
    },
    en: {
      subject: `Vigie: account ${step.account} of your organisation`,
      lines: [
        `The guard of Vigie found unusual lookups by account ${step.account}: it is ${is.en}.`,
        'Ask its holder in person whether these lookups are theirs. If so, telephone the security ' +
          'officer, who can open the account again at once. If not, touch nothing: nothing more will be ' +
          'told to it, and the officer will tell you what comes next.',
      ],
    },
  };
}

/** What security officers are told: what happened, why, where to judge it. */
export function officerLetter(step: ToldStep): Letter {
  const is = said(step.to);
  const { account, caseFile, entry, isHoney, isHeldBack } = step;
  const why = isHoney ? met[step.to === 3 ? 3 : 2] : reached(Math.round(step.bits));
  return {
    fr: {
      subject: `Vigie : compte ${account} ${step.to === 3 ? 'suspendu' : 'limité'} par la garde`,
      lines: [
        `Le compte ${account} est ${is.fr}. ${why.fr}`,
        ...(isHeldBack ? [heldBack.fr] : []),
        `C’est le dossier ${caseFile}, né de l’inscription ${entry} du registre. Jugez-le dans « Garde » : ` +
          'annuler rouvre le compte aussitôt, confirmer le laisse fermé.',
      ],
    },
    en: {
      subject: `Vigie: account ${account} ${step.to === 3 ? 'suspended' : 'restricted'} by the guard`,
      lines: [
        `Account ${account} is ${is.en}. ${why.en}`,
        ...(isHeldBack ? [heldBack.en] : []),
        `It is case ${caseFile}, begun by entry ${entry} of the ledger. Judge it in "Guard": undoing ` +
          'opens the account again at once, confirming leaves it closed.',
      ],
    },
  };
}

function said(to: number) {
  return to === 3 ? done[3] : done[2];
}

function reached(bits: number): { readonly fr: string; readonly en: string } {
  return {
    fr: `L’indice est de ${bits} bits : un compte honnête y arrive une fois sur 2^${bits} consultations.`,
    en: `The evidence is ${bits} bits: an honest account comes there once in 2^${bits} lookups.`,
  };
}
