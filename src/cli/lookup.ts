import { parseArgs } from 'node:util';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { type Command, UsageProblem } from './command.ts';
import { identityOptions, identityUsage } from './identity-arguments.ts';
import { cardLines, type ShownAnswer } from './lookup-card.ts';

const patienceMs = 15_000;

type Told = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export const command: Command = {
  name: 'lookup',
  says: 'Asks a server what a person is covered for, and prints a readable card. VIGIE_TOKEN says who asks.',
  usage: `${identityUsage}
    [--domains OPTI,AUDI] [--care-date YYYY-MM-DD] [--presence-code NNNNNN]
    [--purpose TREAT|HPAYMT] [--json]`,
  examples: [
    'vigie lookup --nir 185014093245364 --birth-date 1985-01-21',
    'vigie lookup --nir 185014093245364 --birth-date 1985-01-21 --domains OPTI --presence-code 123456 --json',
  ],
  exits: { 0: 'covered', 1: 'not covered, not found or refused; the answer says which', 2: 'wrong usage' },
  async run(args, io) {
    const { body, json } = readArguments(args);
    const config = readConfig(io.env);
    if (config.token === undefined) throw new UsageProblem('Set VIGIE_TOKEN to the token of an account.');
    const told = await ask(config.url, config.token, body);
    if (json) {
      const entry = told.headers.get('vigie-entry');
      io.out(JSON.stringify({ status: told.status, entry, answer: told.body }, null, 2));
    } else if (told.status === 200) {
      io.out([...cardLines(told.body as ShownAnswer), '', footer(told.headers)].join('\n'));
    } else io.err(refusalLines(told).join('\n'));
    return told.status === 200 && (told.body as ShownAnswer).covered ? 0 : 1;
  },
};

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...identityOptions,
      domains: { type: 'string' },
      'care-date': { type: 'string' },
      'presence-code': { type: 'string' },
      purpose: { type: 'string', default: 'TREAT' },
      json: { type: 'boolean', default: false },
    },
  });
  const { nir, purpose, json } = values;
  const birthDate = values['birth-date'];
  if (nir === undefined || birthDate === undefined) {
    throw new UsageProblem('--nir and --birth-date are both needed: never a number alone.');
  }
  const rank = values['birth-rank'];
  const body = {
    nir,
    birthDate,
    ...(rank === undefined ? {} : { birthRank: Number(rank) }),
    ...(values['presence-code'] === undefined ? {} : { presenceCode: values['presence-code'] }),
    ...(values.domains === undefined
      ? {}
      : { careDomains: values.domains.split(',').map((code) => code.trim()) }),
    careDate: values['care-date'] ?? parisDay(systemClock.now()),
    purpose,
  };
  return { body, json };
}

async function ask(url: string, token: string, body: unknown): Promise<Told> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(patienceMs);
  const request = { method: 'POST', headers, body: JSON.stringify(body), signal };
  const response = await fetch(`${url}/v1/coverage-lookups`, request).catch(() => {
    throw new Error(`No server answers at ${url}: start it with npm start, or set VIGIE_URL.`);
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

function refusalLines({ body, headers }: Told): string[] {
  const problem = body as {
    title: string;
    detail: string;
    fields?: { field: string; says: string }[];
    givesBack?: { says: string; when: string }[];
  };
  const entry = headers.get('vigie-entry');
  return [
    `${problem.title}. ${problem.detail}`,
    ...(problem.fields ?? []).map(({ field, says }) => `  ${field} ${says}`),
    ...(problem.givesBack ?? []).map(({ says, when }) => `  ${when === 'now' ? 'Now' : when}: ${says}`),
    ...(entry === null ? [] : [`Recorded as ledger entry ${entry}.`]),
  ];
}

function footer(headers: Headers): string {
  const people = headers.get('vigie-allowance-people');
  const entry = headers.get('vigie-entry');
  return `Recorded as ledger entry ${entry}; ${people} new people left in the allowance.`;
}
