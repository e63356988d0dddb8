import { type AccountTools, createOrganisation } from '../../src/modules/access/index.ts';
import type { Relation } from '../../src/modules/ledger/index.ts';
import { allowanceFigures, type ProfessionCode, professions } from '../../src/modules/rights/index.ts';
import { findSubjects, lookupKey } from '../../src/modules/vault/index.ts';
import { type Desk, openDesk } from '../desk.ts';
import { identitiesOf, loadWorld } from '../load-world.ts';
import { people } from '../people.ts';
import { type DemoProfessional, professionals } from '../professionals.ts';
import { mix } from '../random.ts';
import { type Habits, type HonestAccount, openHonestly } from './honest-account.ts';

/** Which day is played, by how many people and accounts. The same plan is the same day. */
export type CountryPlan = {
  readonly seed: number;
  readonly day: string;
  readonly people: number;
  /** Lookups of each profession on an ordinary day: so many accounts work. */
  readonly lookupsEach: number;
  /** Accounts at least, where accounts differ in size. */
  readonly sizes: number;
  /** This many accounts of each profession, whatever they look up. */
  readonly accountsEach?: number;
};

/** A person as a lookup asks for them, and as the ledger names them. */
export type Insured = {
  readonly subject: string;
  readonly nir: string;
  readonly birthDate: string;
  readonly birthRank: number;
};

/** The people, and the accounts in the order of `staffOf`. */
export type Country = { readonly insured: readonly Insured[]; readonly desks: readonly Desk[] };

type Said = (line: string) => void;

const foundAtOnce = 1_000;
/** Beyond this, a profession is too rare in the country to man its accounts. */
const professionalsMost = 5_000_000;

/** The accounts that work that day, by profession; other habits change neither them nor whom they serve. */
export function staffOf(plan: CountryPlan, habits: Habits): HonestAccount<number>[] {
  return professions.flatMap((profession, index) => {
    const { lookupsEach: lookups, sizes, accountsEach: count } = plan;
    const seed = mix(plan.seed + index);
    const draw = { seed, draw: (random: { below(limit: number): number }) => random.below(plan.people) };
    return openHonestly(profession, habits, {
      lookups,
      sizes,
      ...(count === undefined ? {} : { count }),
      ...draw,
    });
  });
}

/** Loads the people, opens the accounts with their opening balances, and seeds whom they already serve. */
export async function settleCountry(tools: AccountTools, plan: CountryPlan, say: Said): Promise<Country> {
  const { seed, day, people: count } = plan;
  say(`loading ${count} invented people`);
  await loadWorld(tools, { seed, count, day });
  const insured = await readInsured(tools, plan);
  const staff = staffOf(plan, {});
  say(`opening ${staff.length} accounts, with the people they already serve`);
  const holders = holdersFor(plan, staff);
  const organisations = new Map<number, number>();
  for (const { organisation } of holders) {
    if (organisations.has(organisation.number)) continue;
    organisations.set(organisation.number, await createOrganisation(tools, organisation.name));
  }
  const desks: Desk[] = [];
  // One after the other: the same plan gives the same account numbers.
  for (const [place, account] of staff.entries()) {
    const holder = holders[place];
    if (holder === undefined) throw new Error('an account without a holder');
    const organisation = organisations.get(holder.organisation.number) ?? 0;
    desks.push(await openFor(tools, account, { holder, organisation }));
  }
  await tools.ledger.seedManyRelations(relationsOf(staff, { insured, desks }));
  return { insured, desks };
}

function relationsOf(staff: readonly HonestAccount<number>[], { insured, desks }: Country): Relation[] {
  return staff.flatMap(({ served }, place) =>
    served.flatMap((person) => {
      const [account, subject] = [desks[place]?.account, insured[person]?.subject];
      return account === undefined || subject === undefined ? [] : [{ account, subject }];
    }),
  );
}

function openFor(
  tools: AccountTools,
  { profession }: HonestAccount<number>,
  by: { readonly holder: DemoProfessional; readonly organisation: number },
): Promise<Desk> {
  const { givenName, familyName, email, rpps } = by.holder;
  return openDesk(tools, {
    organisation: by.organisation,
    profession: profession.code,
    holder: { name: `${givenName} ${familyName}`, email, identifier: rpps },
    figures: allowanceFigures(profession.figures),
  });
}

async function readInsured(tools: AccountTools, plan: CountryPlan): Promise<Insured[]> {
  const everyone = [...people(plan.seed, plan.people, plan.day)];
  const insured: Insured[] = [];
  for (let from = 0; from < everyone.length; from += foundAtOnce) {
    const some = everyone.slice(from, from + foundAtOnce);
    const keys = some.map((person) => {
      const [identity] = identitiesOf(person);
      if (identity === undefined) throw new Error('a person without a number');
      return lookupKey(tools.keys, identity);
    });
    const found = await findSubjects(tools.db, keys);
    for (const [index, { nir, birthDate, birthRank }] of some.entries()) {
      const subject = found[index]?.subject;
      if (subject === undefined) throw new Error('a person of the country was not loaded');
      const dashed = birthDate.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
      insured.push({ subject, nir, birthDate: dashed, birthRank });
    }
  }
  return insured;
}

/** Professionals of the country for each account, in its order: colleagues share an organisation. */
function holdersFor(plan: CountryPlan, staff: readonly HonestAccount<number>[]): DemoProfessional[] {
  const wanted = new Map<ProfessionCode, number>();
  for (const { profession } of staff) {
    const code = profession.code as ProfessionCode;
    wanted.set(code, (wanted.get(code) ?? 0) + 1);
  }
  const found = new Map<ProfessionCode, DemoProfessional[]>();
  let missing = staff.length;
  for (const one of professionals(plan.seed, professionalsMost)) {
    const those = found.get(one.profession) ?? [];
    if (those.length >= (wanted.get(one.profession) ?? 0)) continue;
    found.set(one.profession, [...those, one]);
    missing -= 1;
    if (missing === 0) break;
  }
  return staff.map(({ profession }) => {
    const next = found.get(profession.code as ProfessionCode)?.shift();
    if (next === undefined) throw new Error(`the country has too few of ${profession.code}`);
    return next;
  });
}
