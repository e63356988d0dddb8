import type { Standing } from '../../ledger/index.ts';

/** What of a case every event about one says: numbers of this platform, and nobody's name. */
export type CaseData = {
  readonly case: string;
  readonly account: number;
  readonly organisation: number;
  /** A case that only watches: nothing was changed. */
  readonly shadow: boolean;
};

/** A step of the guard, and the evidence for it. */
export type StepData = CaseData & {
  readonly from: Standing;
  readonly to: Standing;
  /** All detectors together, log2. */
  readonly bits: number;
  readonly honey: boolean;
  /** The entry of the ledger that led to it: lane/seq. */
  readonly entry: string;
  /** The detectors that spoke, the strongest first, each with its own bits. */
  readonly detectors: readonly { readonly name: string; readonly bits: number }[];
};

/** How a case ended: by which account; 0 is the system. */
export type EndData = CaseData & { readonly by: number };

/** Accounts in one hand, as they were when they were first told of: which, `GET /v1/guard/campaigns` says. */
export type CampaignData = {
  readonly campaign: string;
  readonly accounts: number;
  readonly organisations: number;
  /** Of all members together, log2. */
  readonly bits: number;
};

/** A campaign that a person said is none. */
export type ClosedCampaignData = { readonly campaign: string; readonly by: number };

/**
 * A network from which nobody is served for a while, because an account was stolen from there; or is again.
 */
export type NetworkData = {
  /** As a number with a key: the ledger's entries have the same. */
  readonly network: number;
  readonly account: number;
  /** By which account; 0 is the system. */
  readonly by: number;
};

/** Something is wrong with the guard or with what it is given, or is well again. */
export type AlarmData = {
  readonly alarm: string;
  readonly kind: string;
  /** The detector that throws; null for an alarm about none. */
  readonly detector: string | null;
  readonly since: string;
  readonly entries: number;
};

/** How an event is weighed and called; `severity` as CEF has it, 0 to 10: which has which is assumed. */
type Called = { readonly severity: number; readonly fr: string; readonly en: string };

/** Every event of the guard. A type is added, never changed: receivers match them. */
export const eventTable = {
  'guard.case.opened': { severity: 5, fr: 'Dossier ouvert', en: 'Case opened' },
  'guard.account.challenged': { severity: 5, fr: 'Clé d’accès redemandée', en: 'Passkey asked again' },
  'guard.account.restricted': {
    severity: 7,
    fr: 'Compte limité aux personnes présentes',
    en: 'Account restricted to people who are present',
  },
  'guard.account.suspended': { severity: 10, fr: 'Compte suspendu', en: 'Account suspended' },
  'guard.account.marked': {
    severity: 4,
    fr: 'Compte signalé, rien n’est changé',
    en: 'Account marked, nothing changed',
  },
  'guard.case.answered': { severity: 2, fr: 'Clé d’accès présentée', en: 'Passkey shown' },
  'guard.case.undone': { severity: 3, fr: 'Dossier annulé', en: 'Case undone' },
  'guard.case.confirmed': { severity: 10, fr: 'Vol confirmé', en: 'Theft confirmed' },
  'guard.case.expired': { severity: 3, fr: 'Dossier échu', en: 'Case expired' },
  'guard.campaign.opened': {
    severity: 8,
    fr: 'Comptes liés : une campagne',
    en: 'Accounts linked: a campaign',
  },
  'guard.campaign.closed': { severity: 6, fr: 'Campagne écartée', en: 'Campaign closed' },
  'guard.network.blocked': { severity: 7, fr: 'Réseau bloqué', en: 'Network blocked' },
  'guard.network.opened': { severity: 6, fr: 'Réseau rouvert', en: 'Network open again' },
  'guard.alarm.raised': { severity: 8, fr: 'Alarme de la garde', en: 'Alarm of the guard' },
  'guard.alarm.cleared': { severity: 2, fr: 'Fin de l’alarme', en: 'Alarm over' },
  'endpoint.test': { severity: 0, fr: 'Essai', en: 'Test' },
} as const satisfies Readonly<Record<string, Called>>;

export type EventType = keyof typeof eventTable;

/** Something that is told, by its type. */
export type GuardEvent =
  | { readonly type: 'guard.case.opened'; readonly data: CaseData & { readonly profession: string } }
  | { readonly type: `guard.account.${StepWord}`; readonly data: StepData }
  | { readonly type: `guard.case.${EndWord}`; readonly data: EndData }
  | { readonly type: 'guard.campaign.opened'; readonly data: CampaignData }
  | { readonly type: 'guard.campaign.closed'; readonly data: ClosedCampaignData }
  | { readonly type: 'guard.network.blocked' | 'guard.network.opened'; readonly data: NetworkData }
  | { readonly type: 'guard.alarm.raised' | 'guard.alarm.cleared'; readonly data: AlarmData }
  | { readonly type: 'endpoint.test'; readonly data: Readonly<Record<never, never>> };
type StepWord = Exclude<Standing, 'open'> | 'marked';
type EndWord = 'answered' | 'undone' | 'confirmed' | 'expired';

/** An event that was written: every receiver knows it by this number. */
export type WrittenEvent = {
  readonly id: string;
  readonly type: EventType;
  readonly at: Date;
  readonly data: Readonly<Record<string, unknown>>;
};

/** The type of a step to a standing; one in shadow changes nothing. */
export function stepType(to: Standing, isShadow: boolean): `guard.account.${StepWord}` {
  return isShadow || to === 'open' ? 'guard.account.marked' : `guard.account.${to}`;
}

/** The body of a webhook, as Standard Webhooks has it. */
export function eventText({ type, at, data }: Omit<WrittenEvent, 'id'>): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}
