/** What a caller may be allowed to do; a route names exactly one. */
export type Permission = 'lookup-coverage' | 'read-allowance' | 'import' | 'none';

/** Who asks, as the pipeline's identify step knows them: numbers and codes, never a name. */
export type Caller = {
  readonly account: number;
  readonly organisation: number;
  readonly profession: string;
  /** The insurer whose service account this is; null for a professional. */
  readonly insurer: number | null;
  readonly session: bigint;
  readonly client: number;
  readonly network: number;
  readonly permissions: ReadonlySet<Permission>;
};

/** The caller of a route that needs no account. */
export const nobody: Caller = {
  account: 0,
  organisation: 0,
  profession: '',
  insurer: null,
  session: 0n,
  client: 0,
  network: 0,
  permissions: new Set<Permission>(['none']),
};

/** What every professional's account may do; operators' spaces will bring sets of their own. */
export const professionalPermissions: ReadonlySet<Permission> = new Set<Permission>([
  'none',
  'lookup-coverage',
  'read-allowance',
]);

/** What an insurer's service account may do: send its files. It can look nobody up. */
export const insurerPermissions: ReadonlySet<Permission> = new Set<Permission>(['none', 'import']);
