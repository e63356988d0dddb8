/** So few people are never told of: a sum of theirs would say what one of them was paid for. */
export const fewestPeople = 10;

/** One act of somebody's, as it was paid and as it would be. */
export type CountedAct = {
  readonly claim: string;
  readonly person: string;
  readonly beforeCents: number;
  readonly afterCents: number;
};

/** Sums of a group of acts; whom they are of stays in the process. */
export class GroupSums {
  readonly claims = new Set<string>();
  readonly people = new Set<string>();
  /** Those of them for whom the change changes what is paid. */
  readonly changed = new Set<string>();
  acts = 0;
  beforeCents = 0;
  afterCents = 0;

  add({ claim, person, beforeCents, afterCents }: CountedAct): void {
    this.claims.add(claim);
    this.people.add(person);
    if (beforeCents !== afterCents) this.changed.add(person);
    this.acts += 1;
    this.beforeCents += beforeCents;
    this.afterCents += afterCents;
  }

  join(other: GroupSums): void {
    for (const name of ['claims', 'people', 'changed'] as const) {
      for (const each of other[name]) this[name].add(each);
    }
    this.acts += other.acts;
    this.beforeCents += other.beforeCents;
    this.afterCents += other.afterCents;
  }
}

/** A group as it may be told; `afterCents` is null when it would tell of few people that it changed. */
export type ToldGroup<Name extends string> = {
  readonly name: Name | 'other';
  readonly claims: number;
  readonly acts: number;
  readonly beforeCents: number;
  readonly afterCents: number | null;
};

/**
 * What may be told of groups: those of fewer than ten people, or that a change touches for fewer than ten,
 * are joined into one. While that one is too small itself the next smallest joins it, since a sum of all
 * less the others would tell it. Nothing at all when everybody together is too few.
 */
export function tellGroups<Name extends string>(
  groups: ReadonlyMap<Name, GroupSums>,
): readonly ToldGroup<Name>[] {
  const bySize = [...groups].sort(([, one], [, other]) => one.people.size - other.people.size);
  const joined = new GroupSums();
  const alone: [Name, GroupSums][] = [];
  for (const [name, sums] of bySize) {
    if (isTold(sums)) alone.push([name, sums]);
    else joined.join(sums);
  }
  while (joined.people.size > 0 && !isTold(joined) && alone.length > 0) {
    joined.join((alone.shift() as [Name, GroupSums])[1]);
  }
  const told = alone.reverse().map(([name, sums]) => tell(name, sums));
  if (joined.people.size === 0) return told;
  return joined.people.size < fewestPeople ? [] : [...told, tell<Name>('other', joined)];
}

/** How many people, when none or enough of them are: a number between would be of some. */
export function tellPeople(people: number): number | null {
  return people === 0 || people >= fewestPeople ? people : null;
}

function isTold({ people, changed }: GroupSums): boolean {
  return people.size >= fewestPeople && tellPeople(changed.size) !== null;
}

function tell<Name extends string>(name: Name | 'other', sums: GroupSums): ToldGroup<Name> {
  const { claims, acts, beforeCents, afterCents, changed } = sums;
  const isFew = tellPeople(changed.size) === null;
  return { name, claims: claims.size, acts, beforeCents, afterCents: isFew ? null : afterCents };
}
