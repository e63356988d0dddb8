/** `npm run attack -- amelipro [--days 30] [--profession CODE] [--accounts 19] [--people 510000]` */
import { parseArgs } from 'node:util';
import {
  allowanceFigures,
  findProfession,
  mostPeopleDrawn,
  professions,
} from '../../src/modules/rights/index.ts';
import { attackAmelipro } from './amelipro.ts';
import { report } from './report.ts';

/** Below this share of the stated maximum the attack was feeble, and proves nothing. */
const feebleBelow = 0.9;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    days: { type: 'string', default: '30' },
    profession: { type: 'string', default: mostExposed() },
    accounts: { type: 'string', default: '19' },
    people: { type: 'string', default: '510000' },
  },
});
const profession = findProfession(values.profession);
if (positionals[0] !== 'amelipro' || profession === undefined) {
  process.stderr.write(
    'usage: npm run attack -- amelipro [--days N] [--profession CODE] [--accounts N] [--people N]\n',
  );
  process.exit(2);
}
const plan = {
  days: Number(values.days),
  accounts: Number(values.accounts),
  people: Number(values.people),
  profession: values.profession,
};
const most = plan.accounts * mostPeopleDrawn(allowanceFigures(profession.figures), plan.days);
const taken = await attackAmelipro(plan, (line) => process.stderr.write(`${line}\n`));
process.stdout.write(report(plan, taken, most));
const { strangers, drawn, unrecorded } = taken;
if (unrecorded > 0) process.stderr.write(`${unrecorded} answers have no entry\n`);
if (drawn !== strangers) process.stderr.write(`${strangers} were told, and ${drawn} are recorded\n`);
if (strangers > most) process.stderr.write(`above the stated maximum: ${strangers} > ${most}\n`);
if (strangers < feebleBelow * most) process.stderr.write(`a feeble attack: ${strangers} < 90 % of ${most}\n`);
const isRecorded = unrecorded === 0 && drawn === strangers;
process.exit(!isRecorded || strangers > most || strangers < feebleBelow * most ? 1 : 0);

/** The profession whose accounts can take the most: the stated maximum is theirs. */
function mostExposed(): string {
  const most = (code: string) => {
    const figures = findProfession(code)?.figures;
    return figures === undefined ? 0 : mostPeopleDrawn(allowanceFigures(figures), 30);
  };
  return professions
    .map(({ code }) => code)
    .reduce((worst, code) => (most(code) > most(worst) ? code : worst));
}
