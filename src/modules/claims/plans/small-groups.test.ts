import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountedAct, fewestPeople, GroupSums, tellGroups, tellPeople } from './small-groups.ts';

function group(people: number, more: Partial<CountedAct> & { readonly changed?: number } = {}): GroupSums {
  const { changed = 0, ...act } = more;
  const sums = new GroupSums();
  for (let place = 0; place < people; place += 1) {
    const afterCents = place < changed ? 200 : 100;
    sums.add({ claim: `c${place}`, person: `p${place}`, beforeCents: 100, afterCents, ...act });
  }
  return sums;
}

test('groups of ten people are told; smaller ones are joined', () => {
  const told = tellGroups(
    new Map([
      ['consultation', group(30)],
      ['drug', group(4)],
      ['laboratory', group(12)],
      ['transport', group(9, { person: undefined as never })],
    ]),
  );
  expect(told.map(({ name }) => name)).toEqual(['consultation', 'other']);
});

test('twenty claims of one person are one person: they are never told alone', () => {
  const many = group(20, { person: 'the same' });
  expect(tellGroups(new Map([['paramedical', many]]))).toEqual([]);
  const [only] = tellGroups(
    new Map([
      ['paramedical', many],
      ['consultation', group(40)],
    ]),
  );
  expect(only?.name).toBe('other');
});

test('what is left over is too few: the smallest that is told joins it', () => {
  const told = tellGroups(
    new Map([
      ['consultation', group(50)],
      ['drug', group(20)],
      ['transport', group(2)],
    ]),
  );
  expect(told.map(({ name, acts }) => [name, acts])).toEqual([
    ['consultation', 50],
    ['other', 22],
  ]);
});

test('a change that touches few of many is not told: its difference would be theirs', () => {
  const [all] = tellGroups(new Map([['consultation', group(100, { changed: 1 })]]));
  expect(all).toMatchObject({ name: 'other', beforeCents: 10_000, afterCents: null });
  const [many] = tellGroups(new Map([['consultation', group(100, { changed: 10 })]]));
  expect(many).toMatchObject({ name: 'consultation', afterCents: 11_000 });
});

test('what a change touches for few is not told beside the rest: all less the rest would tell it', () => {
  const told = tellGroups(
    new Map([
      ['consultation', group(50)],
      ['drug', group(20, { changed: 3 })],
    ]),
  );
  expect(told.map(({ name, acts, afterCents }) => [name, acts, afterCents])).toEqual([['other', 70, null]]);
});

test.each([
  [0, 0],
  [1, null],
  [9, null],
  [10, 10],
])('of %i people, %s is said', (people, said) => {
  expect(tellPeople(people)).toBe(said);
});

const act = fc.record({
  claim: fc.integer({ min: 0, max: 60 }).map(String),
  person: fc.integer({ min: 0, max: 25 }).map(String),
  kind: fc.constantFrom('a', 'b', 'c', 'd'),
  beforeCents: fc.integer({ min: 0, max: 500 }),
  // Rare, so that some changes touch few of many; of one kind, every act is changed.
  isRare: fc.integer({ min: 0, max: 11 }).map((drawn) => drawn === 0),
});

test('whatever the claims, no sum that is told, nor what is left of all sums, is of fewer than ten', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
      const groups = new Map<string, GroupSums>();
      for (const { kind, isRare, ...one } of acts) {
        const isChanged = isRare || kind === 'a';
        const sums = groups.get(kind) ?? new GroupSums();
        sums.add({ ...one, afterCents: one.beforeCents + (isChanged ? 50 : 0) });
        groups.set(kind, sums);
      }
      const told = tellGroups(groups);
      const alone = told.filter(({ name }) => name !== 'other').map(({ name }) => name);
      const rest = new GroupSums();
      for (const [name, sums] of groups) if (!alone.includes(name)) rest.join(sums);
      for (const name of alone) expect(groups.get(name)?.people.size).toBeGreaterThanOrEqual(fewestPeople);
      for (const name of alone) expect(tellPeople(groups.get(name)?.changed.size ?? 0)).not.toBeNull();
      if (told.length === 0) return;
      if (rest.people.size > 0) expect(rest.people.size).toBeGreaterThanOrEqual(fewestPeople);
      const other = told.find(({ name }) => name === 'other');
      expect(other?.afterCents === null).toBe(rest.people.size > 0 && tellPeople(rest.changed.size) === null);
      // Beside others that are told, what is not told would be all less them.
      expect(told.every(({ afterCents }) => afterCents !== null) || told.length === 1).toBe(true);
      expect(told.reduce((sum, { acts: some }) => sum + some, 0)).toBe(acts.length);
    }),
  );
});
