import { type Attack, findAttack } from '../guard/attacks.ts';

/** A theft that can be watched as it happens. */
export type Scenario = {
  readonly attack: Attack;
  /** Accounts stolen, unless somebody says else. */
  readonly accounts: number;
  readonly says: Said;
  /** What it is named after; null for one that nobody published. */
  readonly event: RealEvent | null;
};

/** What the theft that a scenario is named after cost. */
export type RealEvent = {
  readonly people: number;
  /** Accounts stolen then; null where nobody said how many. */
  readonly accounts: number | null;
  readonly says: Said;
};

/** The same in French and in English. */
export type Said = { readonly fr: string; readonly en: string };

// Sources of both: dsih.fr/article/4629 (17 March 2022); silicon.fr and RFI/AFP (February 2024). How fast the
// thieves asked is not published: the paces of the attacks are assumed.
const events: Readonly<Record<string, RealEvent>> = {
  'amelipro-2022': {
    people: 510_000,
    accounts: 19,
    says: {
      fr: 'mars 2022 : 19 comptes de professionnels, 510 000 personnes',
      en: 'March 2022: 19 accounts of professionals, 510,000 people',
    },
  },
  'tiers-payant-2024': {
    people: 33_000_000,
    accounts: null,
    says: {
      fr: 'janvier 2024 : deux opérateurs, plus de 33 millions de personnes ; combien copiées, on ne sait',
      en: 'January 2024: two operators, more than 33 million people referenced; how many copied is not known',
    },
  },
};

type Row = { readonly name: string; readonly says: Said };

/** Those of the attacks that are offered live. A walk needs more numbers than a demo has. */
const offered: readonly Row[] = [
  {
    name: 'amelipro-2022',
    says: {
      fr: '19 comptes, un réseau, 2 s entre deux consultations, une liste de tout le pays',
      en: '19 accounts, one network, 2 s between lookups, a list of the whole country',
    },
  },
  {
    name: 'tiers-payant-2024',
    says: {
      fr: '5 comptes, 10 consultations par seconde, une liste de tout le pays',
      en: '5 accounts, 10 lookups a second, a list of the whole country',
    },
  },
  {
    name: 'one-a-minute-local',
    says: {
      fr: 'une consultation par minute, une liste du département',
      en: 'one lookup a minute, a list of the département',
    },
  },
  {
    name: 'homes',
    says: {
      fr: 'une consultation par minute, depuis un autre domicile toutes les 20',
      en: 'one lookup a minute, from another home every 20',
    },
  },
  {
    name: 'takeover',
    says: {
      fr: 'une consultation par minute, dans la session même du titulaire',
      en: 'one lookup a minute, in the very session of the holder',
    },
  },
  {
    name: 'insider',
    says: {
      fr: 'une consultation toutes les 5 minutes, par le titulaire, qui montre sa clé quand on la demande',
      en: 'one lookup every 5 minutes, by the holder, who shows the passkey when asked',
    },
  },
];

const usualAccounts = 5;

/** Every theft that can be replayed, in the order it is offered. */
export const scenarios: readonly Scenario[] = offered.map(({ name, says }) => {
  const attack = findAttack(name);
  if (attack === undefined) throw new Error(`no attack ${name}`);
  const [only, ...more] = attack.accounts;
  const accounts = more.length === 0 ? (only ?? usualAccounts) : usualAccounts;
  return { attack, accounts, says, event: events[name] ?? null };
});

/** The scenario of a name. */
export function findScenario(name: string): Scenario | undefined {
  return scenarios.find(({ attack }) => attack.name === name);
}
