import { parseArgs } from 'node:util';
import { createAccount, createOrganisation } from '../modules/access/index.ts';
import { allowanceFigures, findProfession, parseRpps, professions } from '../modules/rights/index.ts';
import { besideServer } from './beside-server.ts';
import { type Command, UsageProblem } from './command.ts';

export const command: Command = {
  name: 'account create',
  says: 'Opens an account for a professional and prints its bearer token, once: only a hash of it is kept.',
  usage:
    '--profession CODE --name NAME (--organisation NAME | --organisation-number N) ' +
    '[--email ADDRESS] [--rpps N] [--json]',
  examples: [
    'vigie account create --profession optician --name "Léa Martin" --organisation "Optique du Port"',
    'vigie account create --profession nurse --name "Paul Petit" --organisation-number 12 --json',
  ],
  exits: { 0: 'the account is open', 1: 'it is not', 2: 'wrong usage' },
  async run(args, io) {
    const asked = readArguments(args);
    const opened = await besideServer(io, async (tools, config) => {
      const { rpps } = asked;
      const lenient = config.lenientIdentifiers;
      if (rpps !== undefined && 'problem' in parseRpps(rpps, { lenient })) {
        throw new UsageProblem('--rpps is not the number of a professional: check its digits.');
      }
      const organisation = asked.organisationNumber ?? (await createOrganisation(tools, asked.organisation));
      const { profession, holder, figures } = asked;
      return { ...(await createAccount(tools, { organisation, profession, holder, figures })), organisation };
    });
    if (asked.json) io.out(JSON.stringify(opened));
    else {
      io.out(`Account ${opened.account}, organisation ${opened.organisation}.`);
      io.out(`Its token, shown this once: ${opened.token}`);
    }
    return 0;
  },
};

function readArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profession: { type: 'string' },
      name: { type: 'string' },
      email: { type: 'string' },
      rpps: { type: 'string' },
      organisation: { type: 'string' },
      'organisation-number': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const profession = findProfession(values.profession ?? '');
  if (profession === undefined) {
    throw new UsageProblem(`--profession must be one of ${professions.map(({ code }) => code).join(', ')}.`);
  }
  if (values.name === undefined || values.name.trim() === '') throw new UsageProblem('--name is missing.');
  const number = values['organisation-number'];
  if ((values.organisation === undefined) === (number === undefined)) {
    throw new UsageProblem('Give either --organisation, for a new one, or --organisation-number.');
  }
  if (number !== undefined && !/^[1-9]\d{0,8}$/.test(number)) {
    throw new UsageProblem('--organisation-number must be a number.');
  }
  const { name, email, rpps, organisation = '', json } = values;
  return {
    profession: profession.code,
    figures: allowanceFigures(profession.figures),
    holder: {
      name,
      ...(email === undefined ? {} : { email }),
      ...(rpps === undefined ? {} : { identifier: rpps }),
    },
    organisation,
    organisationNumber: number === undefined ? undefined : Number(number),
    rpps,
    json,
  };
}
