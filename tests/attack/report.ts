export type AttackPlan = {
  readonly days: number;
  readonly accounts: number;
  readonly people: number;
  readonly profession: string;
};

/** What got out, as counted from the answers the attacker received. */
export type Taken = {
  readonly strangers: number;
  /** The same as the ledger counts them. */
  readonly drawn: number;
  readonly ownPatients: number;
  readonly requests: number;
  readonly unrecorded: number;
  readonly seconds: number;
  readonly byDay: readonly {
    readonly strangers: number;
    readonly ownPatients: number;
    readonly refused: number;
  }[];
};

const barWidth = 40;

/** A table and a chart of how many people got out by day, strangers and own patients apart. */
export function report(plan: AttackPlan, taken: Taken, most: number): string {
  const count = (value: number) => value.toLocaleString('en');
  const peak = Math.max(1, ...taken.byDay.map((day) => day.strangers));
  const rows = taken.byDay.map((day, index) => {
    const bar = '█'.repeat(Math.round((barWidth * day.strangers) / peak));
    const cells = [index + 1, day.strangers, day.ownPatients, day.refused].map((cell) =>
      count(cell).padStart(10),
    );
    return `${cells.join('')}  ${bar}`;
  });
  const shown = rows.length <= 35 ? rows : [...rows.slice(0, 15), `${' '.repeat(9)}…`, ...rows.slice(-15)];
  return [
    `${plan.accounts} stolen ${plan.profession} accounts, ${plan.days} days,`,
    `${count(plan.people)} people in the attacker's hands`,
    '',
    '       day strangers  own pat.   refused',
    ...shown,
    '',
    `Strangers drawn           ${count(taken.strangers)}`,
    `Stated maximum            ${count(most)}   (reached: ${((100 * taken.strangers) / most).toFixed(1)} %)`,
    `Counted by the ledger     ${count(taken.drawn)}`,
    'Amelipro, 2022            510,000',
    `Own patients read again   ${count(taken.ownPatients)}`,
    `Requests sent             ${count(taken.requests)} in ${Math.round(taken.seconds)} s`,
    `Every answer recorded     ${taken.unrecorded === 0 ? 'yes' : 'NO'}`,
    '',
  ].join('\n');
}
