import type { BadRow, RowFile } from '../../../platform/files/index.ts';
import { PeopleAssembler } from './assemble-people.ts';
import type { ListedPerson } from './listed-person.ts';
import type { PeopleFileRules } from './people-file.ts';

/**
 * The people that a file lists, in its order, some at a time: nobody where all lines are bad. Bad lines go to
 * `reject`, with the lines they spoil.
 */
export async function* readListedPeople(
  file: RowFile,
  rules: PeopleFileRules,
  told: { readonly reject: (bad: BadRow) => void; readonly onLines: (lines: number) => void },
): AsyncGenerator<readonly ListedPerson[]> {
  const assembler = new PeopleAssembler(rules, told.reject);
  for await (const rows of file.batches()) {
    const people: ListedPerson[] = [];
    for (const row of rows) {
      const person = assembler.push(row);
      if (person !== null) people.push(person);
    }
    told.onLines(rows.length);
    yield people;
  }
  const last = assembler.end();
  if (last !== null) yield [last];
}
