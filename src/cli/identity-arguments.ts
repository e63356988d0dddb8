/** The options that say whom a command is about, the same wherever a person is named. */
export const identityOptions = {
  nir: { type: 'string' },
  'birth-date': { type: 'string' },
  'birth-rank': { type: 'string' },
} as const;

/** How those options are written in a usage line. */
export const identityUsage = '--nir NUMBER --birth-date YYYY-MM-DD [--birth-rank N]';
