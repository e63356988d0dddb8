/**
 * Bounds of the mean of independent numbers between 0 and 1 of which nothing else is known. Somebody bets
 * that each number is below `mean`, at odds that are fair if that is the mean; then the wealth is expected to
 * stay 1, and reaches 20 in one case of twenty at most. Where it reached 20, `mean` is too high (Waudby-Smith
 * and Ramdas, arXiv 2010.09686). It holds for any number of numbers, however they are spread; where all are
 * 0 it is a fifth above the bound of Clopper and Pearson, which bets all on one.
 */
const parts = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128];
/** The boldest bet is best where nothing happens, as of most rates: it gets half of the wealth, and so on. */
const logShares = parts.map((_, place) => Math.log(2 ** -Math.min(place + 1, parts.length - 1)));
/** Halvings of what is possible: a bound is exact to a millionth. */
const halvings = 20;

/** The error that each bound is allowed. */
export const boundError = 0.05;

/** The mean is above this in one case of twenty at most; 1 when there is nothing to go by. */
export function meanUpper(values: readonly number[]): number {
  let [low, high] = [0, 1];
  for (let each = 0; each < halvings; each += 1) {
    const middle = (low + high) / 2;
    if (logWealth(values, middle) >= -Math.log(boundError)) high = middle;
    else low = middle;
  }
  return high;
}

/** The mean is below this in one case of twenty at most. */
export function meanLower(values: readonly number[]): number {
  return 1 - meanUpper(values.map((value) => 1 - value));
}

/** What the bets brought if the mean is `mean`: more, the higher that is. */
function logWealth(values: readonly number[], mean: number): number {
  let sum = 0;
  for (const [place, part] of parts.entries()) {
    const bet = part / (1 - mean);
    let log = logShares[place] as number;
    for (const value of values) log += Math.log1p(bet * (mean - value));
    sum += Math.exp(Math.min(log, 700));
  }
  return Math.log(sum);
}
