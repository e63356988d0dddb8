import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { ReadCase } from '../cases/read-cases.ts';
import type { Detector } from '../detectors/detector.ts';
import { spokenBits } from '../fold/finding.ts';
import { stepType } from '../telling/events.ts';
import { expressions } from './expressions.ts';

/** What the file says of itself, before anything else. */
const about = [
  'What the guard of Vigie found in one case, as rules of Sigma: specification 2.1.0, correlation rules.',
  '',
  'The first rule matches what Vigie posts of this case to a webhook, by the names of that body: a SIEM that',
  'hears Vigie can use it. The others say, as far as Sigma can, what each detector counted in the ledger,',
  'with what was counted in this case. Vigie does not send the entries of its ledger: these rules are for',
  'whoever has them in a log.',
  '',
  'What Sigma cannot say: evidence. It counts within a time, where the guard weighs each entry against what',
  'is usual for the account and its profession, and averages its detectors. These rules find what was as',
  'this case was, and keep none of the promises about false alarms. Each says what it leaves out.',
];

/** Levels of Sigma by standing. */
const sigmaLevels = { open: 'low', challenged: 'medium', restricted: 'high', suspended: 'critical' } as const;
const ledgerLog = {
  product: 'vigie',
  service: 'ledger',
  definition: 'Entries of the ledger, one line each, fields by the names of the ledger. Not sent by Vigie.',
};

/** How much a detector said in a case, and how often its event happened, as far as its evidence tells. */
type Fired = { readonly detector: Detector; readonly bits: number; readonly events: number };

/** A case as YAML: several documents, the same each time. Numbers of the platform, and nobody's name. */
export function sigmaText(found: ReadCase, detectors: readonly Detector[]): string {
  const fired = firedOf(found, detectors);
  const documents = [
    toldRule(found, fired),
    ...fired.filter(({ events }) => events > 0).flatMap((one) => rulesOf(found, one)),
  ];
  const head = about.map((line) => (line === '' ? '#' : `# ${line}`)).join('\n');
  return `${head}\n${documents.map((one) => `---\n${stringify(one, { lineWidth: 0 })}`).join('')}`;
}

function firedOf({ points }: ReadCase, detectors: readonly Detector[]): Fired[] {
  return detectors
    .map((detector, place) => {
      const own = points.map((point) => point.own[place] ?? 0);
      const events = own.filter((bits, each) => isEvent(own[each - 1] ?? 0, bits)).length;
      return { detector, events, bits: Math.max(0, ...own) };
    })
    .filter(({ bits }) => bits >= spokenBits)
    .sort((one, other) => other.bits - one.bits);
}

/**
 * Evidence goes from M to L·(1 + M), where L is above 1 if the event happened and below 1 if not: without any
 * event it climbs slowly too. Half as much again is beyond what two observations without one can do.
 */
function isEvent(before: number, after: number): boolean {
  return after >= spokenBits && 2 ** after > 1.5 * (1 + 2 ** before);
}

function toldRule(found: ReadCase, fired: readonly Fired[]) {
  const { id, account, isShadow, profession } = found;
  const types = new Set(
    found.steps.filter(({ what }) => what === 'contained').map(({ to }) => stepType(to, isShadow)),
  );
  return {
    ...headOf(found, 'told', `Vigie contained account ${account}, case ${id}`),
    description: `Matches what Vigie sends of this case. ${said(fired)}`,
    logsource: { product: 'vigie', service: 'guard' },
    detection: {
      selection: { type: [...types], 'data.case': id, 'data.account': account },
      condition: 'selection',
    },
    level: levelOf(found),
    vigie: {
      ...{ case: id, account, profession, shadow: isShadow, bits: rounded(found.bits), honey: found.isHoney },
      detectors: fired.map(({ detector: { number, name, says }, bits, events }) => {
        return { number, name, bits: rounded(bits), events, says: says.en };
      }),
    },
  };
}

function said(fired: readonly Fired[]): string {
  const unsaid = fired.flatMap(({ detector: { name }, events }) => {
    if (events === 0) return [];
    const one = expressions[name];
    return one !== undefined && 'unsaid' in one ? [`${name} (${one.unsaid})`] : [];
  });
  return unsaid.length === 0
    ? 'Every detector that spoke has a rule below.'
    : `Detectors that spoke and have no rule below: ${unsaid.join('; ')}.`;
}

function rulesOf(found: ReadCase, { detector, events, bits }: Fired): object[] {
  const expression = expressions[detector.name];
  if (expression === undefined || 'unsaid' in expression) return [];
  const { selection, counted, groupBy, without } = expression;
  const name = detector.name.replaceAll('-', '_');
  const description = `${rounded(bits)} bits in this case. Leaves out: ${without}.`;
  const rule = {
    ...headOf(found, name, `${detector.says.en}, one entry`),
    description,
    logsource: ledgerLog,
    detection: { selection, condition: 'selection' },
    level: counted === null ? levelOf(found) : 'informational',
  };
  if (counted === null) return [rule];
  const field = counted.type === 'value_count' ? { field: counted.field } : {};
  const fixed = counted.type === 'value_count' ? counted.fixed : undefined;
  return [
    rule,
    {
      ...headOf(found, `${name}_counted`, `${detector.says.en}, counted`),
      description,
      correlation: {
        type: counted.type,
        rules: [rule.name],
        'group-by': [groupBy],
        timespan: fixed?.timespan ?? timespanOf(found),
        condition: { ...field, gte: fixed?.least ?? Math.max(2, events) },
      },
      level: levelOf(found),
    },
  ];
}

function headOf(found: ReadCase, part: string, title: string) {
  const name = `vigie_case_${found.id}_${part}`;
  const date = found.openedAt.toISOString().slice(0, 10);
  return { title, id: uuidOf(`${name}|${found.openedAt.toISOString()}`), name, status: 'experimental', date };
}

function levelOf({ isShadow, standing }: ReadCase): string {
  return isShadow ? 'low' : sigmaLevels[standing];
}

/** From the first lookup that was kept to the last, in whole minutes, hours or days. */
function timespanOf({ points }: ReadCase): string {
  const [first, last] = [points[0]?.at.getTime() ?? 0, points.at(-1)?.at.getTime() ?? 0];
  const minutes = Math.max(1, Math.ceil((last - first) / 60_000));
  if (minutes <= 120) return `${minutes}m`;
  return minutes <= 48 * 60 ? `${Math.ceil(minutes / 60)}h` : `${Math.ceil(minutes / 1440)}d`;
}

/** A number that is the same each time the case is exported (RFC 9562, version 8). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}

function rounded(bits: number): number {
  return Math.round(bits * 10) / 10;
}
