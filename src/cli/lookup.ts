import { parseArgs } from 'node:util';
import { readLocalKey } from '../connect/local-key.ts';
import { createSigner } from '../connect/sign-requests.ts';
import { parisDay, systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { type Command, UsageProblem } from './command.ts';
import { identityOptions, identityUsage } from './identity-arguments.ts';
import { cardLines, type ShownAnswer } from './lookup-card.ts';

const patienceMs = 15_000;

type Told = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export const command: Command = {
  name: 'lookup',
  says:
    'Asks a server what a person is covered for, and prints a readable card. The client and its key, as ' +
    '`client register` and `connect key` gave them, say who asks.',
  usage: `--client CLIENT --key FILE ${identityUsage}
    [--domains OPTI,AUDI] [--care-date YYYY-MM-DD] [--presence-code NNNNNN]
    [--purpose TREAT|HPAYMT] [--json]`,
  examples: [
    'vigie lookup --client vigie-3q2nPq1xk0fJ8w7L --key key.json --nir 185014093245364 ' +
      '--birth-date 1985-01-21',
    'vigie lookup --client vigie-3q2nPq1xk0fJ8w7L --key key.json --nir 185014093245364 ' +
      '--birth-date 1985-01-21 --domains OPTI --presence-code 123456 --json',
  ],
  exits: { 0: 'covered', 1: 'not covered, not found or refused; the answer says which', 2: 'wrong usage' },
  async run(args, io) {
    const { who, body, json } = readArguments(args);
    const { url } = readConfig(io.env);
    const told = await ask(url, who, body);
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
      client: { type: 'string' },
      key: { type: 'string' },
      domains: { type: 'string' },
      'care-date': { type: 'string' },
      'presence-code': { type: 'string' },
      purpose: { type: 'string', default: 'TREAT' },
      json: { type: 'boolean', default: false },
    },
  });
  const { nir, purpose, json, client, key } = values;
  if (client === undefined || key === undefined) {
    throw new UsageProblem('--client and --key are both needed: they say who asks.');
  }
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
  return { who: { client, file: key }, body, json };
}

async function ask(url: string, who: { client: string; file: string }, body: unknown): Promise<Told> {
  const path = '/v1/coverage-lookups';
  const { key } = await readLocalKey(who.file);
  const signer = await createSigner({ url, client: who.client, key });
  const headers = { ...(await signer.sign('POST', path)), 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(patienceMs);
  const request = { method: 'POST', headers, body: JSON.stringify(body), signal };
  const response = await fetch(url + path, request).catch(() => {
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
