/** What an account is for. One account has one role; who needs two has two accounts. */
export const roles = [
  'professional',
  'organisation-administrator',
  'insurer-agent',
  'insurer-administrator',
  'insurer-service',
  'security-officer',
  'data-protection-officer',
  'auditor',
  'member',
] as const;
export type Role = (typeof roles)[number];

/** One row of the table: a permission, what it allows, whether it shows people's data, and who has it. */
export type PermissionRow = {
  readonly says: string;
  readonly about: 'people' | 'accounts' | 'oneself' | 'service';
  readonly roles: readonly Role[];
};

/**
 * Who may do what: the one list. A route names exactly one permission; a role without it is refused. No role
 * has both a permission about people and one about other accounts: whoever steals one account cannot make
 * others, and whoever makes accounts sees nobody's rights.
 */
export const permissionTable = {
  'own-session': {
    says: 'See and end one’s own sessions, keep one’s own passkeys.',
    about: 'oneself',
    roles: roles.filter((role) => role !== 'insurer-service'),
  },
  'lookup-coverage': {
    says: 'Look up what a person is covered for, within the allowance.',
    about: 'people',
    roles: ['professional'],
  },
  quote: {
    says: 'Quote care for a person, and have a promise to pay; each is charged as a lookup.',
    about: 'people',
    roles: ['professional'],
  },
  claim: {
    says: 'Send claims, read and cancel one’s own organisation’s.',
    about: 'people',
    roles: ['professional'],
  },
  'explain-draw': {
    says: 'Say by hand why no claim follows one’s own lookup, five times a week.',
    about: 'people',
    roles: ['professional'],
  },
  'read-allowance': {
    says: 'Read what one’s own account may still draw.',
    about: 'oneself',
    roles: ['professional'],
  },
  'read-own-lookups': {
    says: 'See what Vigie recorded of one’s own lookups of the last 24 hours, without their people.',
    about: 'oneself',
    roles: ['professional'],
  },
  'own-webhooks': {
    says: 'Be told by webhook what becomes of one’s own claims.',
    about: 'oneself',
    roles: ['professional'],
  },
  import: {
    says: 'Send one insurer’s files, and hear what became of them.',
    about: 'people',
    roles: ['insurer-service'],
  },
  'read-imports': {
    says: 'See what became of one’s own insurer’s files, and why lines did not go in; never what those held.',
    about: 'service',
    roles: ['insurer-agent'],
  },
  'read-plans': {
    says: 'Read one’s own insurer’s plans, try a document, preview a change in sums and never of few.',
    about: 'service',
    roles: ['insurer-agent', 'insurer-administrator'],
  },
  'publish-plan': {
    says: 'Publish a plan of one’s own insurer, with a passkey used just now.',
    about: 'service',
    roles: ['insurer-agent', 'insurer-administrator'],
  },
  'review-claims': {
    says: 'See claims with a reason, for one’s own insurer’s share alone; contest them for the person.',
    about: 'people',
    roles: ['insurer-agent'],
  },
  'read-accounts': {
    says: 'Find accounts and read what they do, never whom they saw; administrators in their own house only.',
    about: 'accounts',
    roles: ['organisation-administrator', 'insurer-administrator', 'security-officer'],
  },
  'change-allowance': {
    says: 'Change what an account may draw, with a reason: to twice its profession’s figure at most.',
    about: 'accounts',
    roles: ['security-officer'],
  },
  'invite-holder': {
    says: 'Invite the holder of an account to make a passkey; administrators in their own house only.',
    about: 'accounts',
    roles: ['organisation-administrator', 'insurer-administrator', 'security-officer'],
  },
  'end-sessions': {
    says: 'End every session of an account; administrators in their own house only.',
    about: 'accounts',
    roles: ['organisation-administrator', 'insurer-administrator', 'security-officer'],
  },
  'suspend-account': {
    says: 'Suspend an account with a reason; administrators in their own house only.',
    about: 'accounts',
    roles: ['organisation-administrator', 'insurer-administrator', 'security-officer'],
  },
  'reinstate-account': {
    says: 'Reinstate an account with a reason, unless it was suspended by the same hand.',
    about: 'accounts',
    roles: ['security-officer'],
  },
  'read-software': {
    says: 'See the software that may sign in, and its keys by name; administrators in their own house only.',
    about: 'accounts',
    roles: ['organisation-administrator', 'insurer-administrator', 'security-officer'],
  },
  'revoke-software': {
    says: 'Revoke software for good, with a reason; administrators in their own house only.',
    about: 'accounts',
    roles: ['organisation-administrator', 'insurer-administrator', 'security-officer'],
  },
  'read-ledger-health': {
    says: 'See how the ledger stands: numbers, and nobody’s data.',
    about: 'service',
    roles: ['security-officer', 'auditor'],
  },
  'read-guard-board': {
    says: 'See what was promised of the guard’s false alarms, and what happened: numbers, nobody’s data.',
    about: 'service',
    roles: [
      ...(['organisation-administrator', 'insurer-administrator', 'security-officer'] as const),
      ...(['data-protection-officer', 'auditor'] as const),
    ],
  },
  'manage-guard': {
    says: 'See what the guard did and why, undo or confirm it, set what only watches. No person is named.',
    about: 'accounts',
    roles: ['security-officer'],
  },
  'review-explanations': {
    says: 'Review emergencies and reasons given by hand, never whom they were about; not one’s own.',
    about: 'accounts',
    roles: ['security-officer'],
  },
} as const satisfies Readonly<Record<string, PermissionRow>>;

/** What a caller may be allowed to do; `none` is for routes that need no account. */
export type Permission = keyof typeof permissionTable | 'none';

const rows = Object.entries(permissionTable) as [Permission, PermissionRow][];

/** What each role may do. */
export const permissionsOf = Object.freeze(
  Object.fromEntries(roles.map((role) => [role, permissionsFor(role)])) as Record<
    Role,
    ReadonlySet<Permission>
  >,
);

function permissionsFor(role: Role): ReadonlySet<Permission> {
  const own = rows.filter(([, row]) => row.roles.includes(role)).map(([permission]) => permission);
  return new Set<Permission>(['none', ...own]);
}

/** They change what stands without drawing anybody: no record would refuse a contained account. */
const changesWithoutRecord: readonly Permission[] = ['import', 'review-claims'];

/**
 * Whether a contained account is refused before its route is asked: whoever manages others or watches over
 * the service, and whoever sends files or contests claims. Lookups ask the ledger themselves, in the
 * statement that records.
 */
export function asksStanding(permission: Permission): boolean {
  if (permission === 'none') return false;
  const { about } = permissionTable[permission];
  return about === 'accounts' || about === 'service' || changesWithoutRecord.includes(permission);
}
