import type { Letter } from '../../messages/index.ts';

/** A network that was blocked, for the days said; `by` 0 is the guard, by its sweep. */
type Blocked = {
  readonly sweep: string;
  readonly network: number;
  readonly account: number;
  readonly by: number;
  readonly days: number;
};

/** Tells security officers that a network is blocked, and where it is opened again. */
export function blockedLetter({ network, account, sweep, by, days }: Blocked): Letter {
  const found = {
    fr: `C’est la recherche ${sweep} qui l’a établi.`,
    en: `Sweep ${sweep} established it.`,
  };
  const ordered = {
    fr: `Le compte ${by} l’a demandé. Si cela ne vient pas de votre équipe, suspendez ce compte.`,
    en: `Account ${by} ordered it. If this does not come from your team, suspend that account.`,
  };
  const { fr, en } = by === 0 ? found : ordered;
  return {
    fr: {
      subject: `Vigie : réseau ${network} bloqué`,
      lines: [
        `Le compte volé ${account} a servi depuis le réseau ${network}, qu’aucun compte hors de cause n’a ` +
          `utilisé. Personne n’est plus servi depuis ce réseau pendant ${days} jours.`,
        `${fr} Si quelqu’un d’autre en a besoin, rouvrez-le dans « Garde », « Recherches ».`,
      ],
    },
    en: {
      subject: `Vigie: network ${network} blocked`,
      lines: [
        `The stolen account ${account} was used from network ${network}, which no account beyond suspicion ` +
          `used. Nobody is served from that network for ${days} days.`,
        `${en} If somebody else needs it, open it again in "Guard", "Sweeps".`,
      ],
    },
  };
}

/** A stolen officer's account must not open the thief's network in silence; `by` 0 is the command line. */
export function openedLetter(network: number, by: number): Letter {
  const byAccount = {
    fr: [`par le compte ${by}`, 'suspendez ce compte'],
    en: [`by account ${by}`, 'suspend that account'],
  } as const;
  const byCommand = {
    fr: ['en ligne de commande', 'cherchez qui a accès au serveur'],
    en: ['at the command line', 'find who reaches the server'],
  } as const;
  const { fr, en } = by === 0 ? byCommand : byAccount;
  return {
    fr: {
      subject: `Vigie : réseau ${network} rouvert`,
      lines: [
        `Le réseau ${network} est rouvert ${fr[0]}.`,
        `Si cela ne vient pas de votre équipe, ${fr[1]}.`,
      ],
    },
    en: {
      subject: `Vigie: network ${network} open again`,
      lines: [
        `Network ${network} was opened again ${en[0]}.`,
        `If this does not come from your team, ${en[1]}.`,
      ],
    },
  };
}
