import { parseArgs } from 'node:util';
import {
  type CasePage,
  type CasePlace,
  caseParts,
  type ListedCase,
  listCases,
  readCasePlace,
} from '../modules/guard/index.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'guard cases',
  says: 'Lists what the guard did about accounts, what is open and strongest first: 200 at a time.',
  usage: '[--all] [--after PLACE] [--json]',
  examples: [
    'vigie guard cases',
    'vigie guard cases --all --json',
    'vigie guard cases --after open_2_17.25_340',
  ],
  exits: { 0: 'they are printed', 1: 'they are not', 2: 'wrong usage' },
  async run(args, io) {
    const options = {
      all: { type: 'boolean', default: false },
      after: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const after = values.after === undefined ? undefined : placeOf(values.after);
    const page = await besideServer(io, ({ db }) => listCases(db, { after }));
    const isWhole = values.all || after !== undefined;
    const cases = isWhole ? page.cases : page.cases.filter(({ state }) => state === 'open');
    const next = isWhole ? page.next : { ...page.next, ended: null };
    if (values.json) {
      io.out(JSON.stringify({ cases, counts: page.counts, next }));
      return 0;
    }
    if (cases.length === 0) io.out(nothing(after, values.all));
    for (const one of cases) {
      const evidence = evidenceOf(one);
      const shadow = one.isShadow ? ', shadow' : '';
      const at = one.openedAt.toISOString().slice(0, 19);
      const about = `account ${one.account} (${one.profession})`;
      io.out(`case ${one.id}  ${at}Z  ${about}: ${one.standing}, ${evidence}, ${one.state}${shadow}`);
    }
    for (const line of goingOn({ ...page, next })) io.out(line);
    return 0;
  },
};

function placeOf(text: string): CasePlace {
  const place = readCasePlace(text);
  if (place !== undefined) return place;
  throw new UsageProblem('--after takes a place as the page before ends with: open_2_17.25_340.');
}

function nothing(after: CasePlace | undefined, all: boolean): string {
  if (after !== undefined) return 'No case comes after it.';
  return all ? 'There is no case.' : 'No case is open.';
}

/** Of each part that is cut how many there are in all, and how its next page is asked for. */
function goingOn({ counts, next }: Pick<CasePage, 'counts' | 'next'>): string[] {
  const says = { open: 'open', watching: 'open in shadow mode', ended: 'ended' };
  return caseParts.flatMap((part) => {
    const place = next[part];
    if (place === null) return [];
    return [`${counts[part]} cases ${says[part]}: the next by vigie guard cases --after ${place}`];
  });
}

/** Whose evidence led to it, or what else. */
function evidenceOf({ isHoney, bits, ledBy, sweep }: ListedCase): string {
  if (isHoney) return 'honey person';
  const says = {
    ...{ own: `${bits.toFixed(1)} bits`, group: `${bits.toFixed(1)} bits with its group` },
    'confirmed-member': `${bits.toFixed(1)} bits, lower bar`,
    ...{ sweep: `found by sweep ${sweep}`, person: 'confirmed in its campaign' },
  };
  return says[ledBy];
}
