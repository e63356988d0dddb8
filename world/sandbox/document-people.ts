import { writeNir } from '../../src/modules/rights/index.ts';
import { sandboxPeople } from './people.ts';

/** The rows of the table in docs/operating/sandbox.md. */
export function documentedPeople(): string[] {
  return sandboxPeople.map(({ name, nir, birthDate, does, by, says }) => {
    const mark = by === 'scenario' ? ' \\*' : '';
    return `| ${name} | ${writeNir(nir.slice(0, 13))} | ${birthDate} | \`${does}\`${mark} | ${says.en} |`;
  });
}
