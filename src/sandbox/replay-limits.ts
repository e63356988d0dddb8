/** Accounts that a replay steals at most: as many as the largest attack of the bench. */
export const accountsMost = 60;
/** How many times as fast as its scenario a replay goes at most. */
export const speedMost = 60;
