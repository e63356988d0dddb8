import type { WorldWritten } from './write-world.ts';

/** What stands beside the files, for whoever finds them. */
export function worldReadme(world: WorldWritten): string {
  const number = (value: number) => value.toLocaleString('en');
  const staff = Object.entries(world.professionals);
  const employed = staff.reduce((sum, [, count]) => sum + count, 0);
  return [
    'AN INVENTED COUNTRY',
    '',
    'Nobody here exists: no person, insurer or professional. Communes and départements of residence are',
    'real; birthplaces in social security numbers are codes that belong to no commune, so that no number',
    "here is a living person's. Do not load these files where real people are served.",
    '',
    `seed ${world.seed}, contracts of ${world.year}; the same command gives the same bytes`,
    '',
    `people           ${number(world.people)} in ${number(world.households)} households`,
    `  without cover  ${number(world.withoutCover)}, in no file of people`,
    `  found by two numbers or more  ${number(world.underSeveralNumbers)}`,
    `  died           ${number(world.died)} in the year before, still listed`,
    `professionals    ${number(employed)} in ${number(world.organisations)} organisations`,
    ...staff.map(([profession, count]) => `  ${profession.padEnd(24)}${number(count)}`),
    `relations        ${number(world.relations)}`,
    '',
    'insurers.csv       insurers: n° AMC, name, types of convention',
    'people-<AMC>.csv   an insurer’s people: one row a person, contract and care domain',
    'plans-<AMC>/       an insurer’s plans: what its contracts pay, a document each; contracts name them',
    'professionals.txt  professionals, in the layout of the national directory’s open extraction',
    'relations.csv      whom professionals already know',
    'world.json         these counts; written last',
    '',
    ...world.insurers.map(
      ({ amcCode, name, people, rows }) =>
        `${amcCode.padEnd(12)}${name.padEnd(40)}${number(people)} people, ${number(rows)} rows`,
    ),
    '',
  ].join('\n');
}
