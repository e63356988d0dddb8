import { parseArgs } from 'node:util';
import {
  createOrganisation,
  drawsNobody,
  invitationHours,
  inviteHolder,
  openAccount,
  type roles,
} from '../modules/access/index.ts';
import { agentFigures, allowanceFigures, findInsurer } from '../modules/rights/index.ts';
import { Failure } from '../platform/errors.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

/** Those who send no file, and look nobody up; an insurer's agents see its claims with a reason. */
const officeRoles = [
  'security-officer',
  'data-protection-officer',
  'auditor',
  'organisation-administrator',
  'insurer-agent',
  'insurer-administrator',
] as const satisfies readonly (typeof roles)[number][];
type OfficeRole = (typeof officeRoles)[number];

export const command: Command = {
  name: 'account invite',
  says:
    'Invites the holder of an account to make a passkey, or opens an account for an office and invites its ' +
    'holder. Prints a link and a code, once: give them by two different channels.',
  usage:
    '--account N --reason TEXT [--json] | --role ROLE --name NAME --reason TEXT ' +
    '(--organisation NAME | --organisation-number N | --insurer AMC) [--json]',
  examples: [
    'vigie account invite --account 19 --reason "Identity card seen at the desk"',
    'vigie account invite --role auditor --name "Inès Roy" --organisation "Cour" --reason "Mission 2026-12"',
    'vigie account invite --role insurer-agent --name "Yves Bris" --insurer 0099500029 --reason "Agent"',
  ],
  exits: { 0: 'the invitation is printed', 1: 'there is no such account', 2: 'wrong usage' },
  async run(args, io) {
    const asked = readArguments(args);
    const invited = await besideServer(io, async (tools, config) => {
      const account = 'account' in asked ? asked.account : await openOffice(tools, asked);
      const { link, code } = await inviteHolder(tools, { account, by: 0, why: asked.why });
      const origin = config.publicUrl ?? `http://localhost:${config.port}`;
      return { account, link: `${origin}/enrol#${link}`, code, hours: invitationHours };
    }).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'not-found') return null;
      throw error;
    });
    if (invited === null) {
      io.err('There is no such account.');
      return 1;
    }
    if (asked.json) io.out(JSON.stringify(invited));
    else {
      io.out(`Account ${invited.account}. Both are shown this once, and hold for ${invited.hours} hours.`);
      io.out(`Link, by one channel:   ${invited.link}`);
      io.out(`Code, by another one:   ${invited.code}`);
    }
    return 0;
  },
};

type Office = {
  readonly role: OfficeRole;
  readonly name: string;
  readonly house: string | number | { readonly amcCode: string };
};

async function openOffice(
  tools: Parameters<typeof openAccount>[0],
  { role, name, house }: Office,
): Promise<number> {
  const holder = { name };
  const figures = role === 'insurer-agent' ? allowanceFigures(agentFigures) : drawsNobody;
  const office = { profession: role, role, holder, figures };
  if (typeof house === 'number') return openAccount(tools, { ...office, organisation: house });
  if (typeof house === 'string') {
    return openAccount(tools, { ...office, organisation: await createOrganisation(tools, house) });
  }
  const insurer = await findInsurer(tools.db, house.amcCode);
  if (insurer === undefined) {
    throw new Error(`No insurer has the number ${house.amcCode}: load it first with vigie import insurers.`);
  }
  const organisation = await createOrganisation(tools, insurer.name);
  return openAccount(tools, { ...office, organisation, insurer: insurer.id });
}

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      account: { type: 'string' },
      role: { type: 'string' },
      name: { type: 'string' },
      organisation: { type: 'string' },
      'organisation-number': { type: 'string' },
      insurer: { type: 'string' },
      reason: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { json, account } = values;
  const why = values.reason?.trim() ?? '';
  if (why === '')
    throw new UsageProblem('--reason is missing: how the holder was recognised, or why they come.');
  if ((account === undefined) === (values.role === undefined)) {
    throw new UsageProblem('Give either --account, or --role for a new one.');
  }
  if (account === undefined) return { why, json, ...readOffice(values) };
  if (!/^[1-9]\d{0,8}$/.test(account)) throw new UsageProblem('--account must be the number of an account.');
  return { why, json, account: Number(account) };
}

function readOffice(values: Readonly<Record<string, string | boolean | undefined>>): Office {
  const role = officeRoles.find((each) => each === values.role);
  if (role === undefined) throw new UsageProblem(`--role must be one of ${officeRoles.join(', ')}.`);
  const { name, organisation, insurer, 'organisation-number': number } = values;
  if (typeof name !== 'string' || name.trim() === '') throw new UsageProblem('--name is missing.');
  if (role === 'insurer-agent' || role === 'insurer-administrator') {
    if (organisation !== undefined || number !== undefined || !/^\w{1,20}$/.test(String(insurer ?? ''))) {
      throw new UsageProblem('Give --insurer, a number such as 0099500029, and no organisation.');
    }
    return { role, name, house: { amcCode: String(insurer) } };
  }
  if (insurer !== undefined) throw new UsageProblem('--insurer goes with the roles of insurers only.');
  if ((organisation === undefined) === (number === undefined)) {
    throw new UsageProblem('Give either --organisation, for a new one, or --organisation-number.');
  }
  if (number === undefined) return { role, name, house: String(organisation) };
  if (!/^[1-9]\d{0,8}$/.test(String(number))) {
    throw new UsageProblem('--organisation-number must be a number.');
  }
  return { role, name, house: Number(number) };
}
