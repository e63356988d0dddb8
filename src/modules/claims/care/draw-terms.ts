import type { Day } from '../../../platform/clock.ts';
import type { Caller } from '../../access/index.ts';
import { type AccessReceipt, actions } from '../../ledger/index.ts';
import {
  type AskedPerson,
  afterDeathRule,
  type DomainCode,
  type DrawFor,
  type Drawn,
  type DrawPerson,
  type DrawSubject,
  domainCodes,
  field,
  findProfession,
  knownInsurersRule,
} from '../../rights/index.ts';
import { type Held, type Keys, markOf, release } from '../../vault/index.ts';
import { domainOfAct, domainsOfKind } from '../acts/domain-of-act.ts';
import type { Act } from '../guarantees/care.ts';
import { fieldsOfTerms, readTerms, type Terms } from './terms.ts';

type Undrawn = Exclude<Drawn, { outcome: 'disclosed' }>;

/** A person drawn for care: what their insurers say for that day, or why nothing is told. */
export type DrawnTerms =
  | Undrawn
  | (Pick<Extract<Drawn, { outcome: 'disclosed' }>, 'entry' | 'allowance'> & {
      readonly outcome: 'disclosed';
      readonly receipt: AccessReceipt;
      readonly terms: Terms;
      /** Acts that the profession does not give: none is ever decided on. */
      readonly foreignActs: number;
      /**
       * The insurers whose contracts pay; where none does, those that have or had one. Nothing of it is
       * told.
       */
      readonly concerned: readonly number[];
    });

/** Draws a person for acts. The ledger has it before anything of it is read. */
export async function drawTerms(
  tools: { readonly draw: DrawPerson; readonly keys: Keys },
  caller: Caller,
  asked: {
    readonly person: Omit<AskedPerson, 'careDomains' | 'purpose'>;
    readonly acts: readonly Act[];
    readonly action: 'quoted' | 'claimed';
  },
): Promise<DrawnTerms> {
  const { person, acts, action } = asked;
  return termsOf(tools, caller, { acts, action, careDate: person.careDate }, (careDomains, use) =>
    tools.draw(caller, { ...person, careDomains, purpose: 'HPAYMT' }, use),
  );
}

/** Draws again whom a claim of this house is for, without their number: their rights as they are now. */
export async function drawTermsAgain(
  tools: { readonly drawSubject: DrawSubject; readonly keys: Keys },
  caller: Caller,
  asked: { readonly subject: string; readonly careDate: Day; readonly acts: readonly Act[] },
): Promise<DrawnTerms> {
  const { subject, careDate, acts } = asked;
  return termsOf(tools, caller, { acts, careDate, action: 'claimed' }, (careDomains, use) =>
    tools.drawSubject(caller, { subject, careDate, careDomains }, use),
  );
}

/** The terms of whoever is drawn for acts, in whichever way they are named. */
async function termsOf(
  { keys }: { readonly keys: Keys },
  caller: Caller,
  asked: { readonly acts: readonly Act[]; readonly careDate: Day; readonly action: 'quoted' | 'claimed' },
  draw: (careDomains: readonly DomainCode[], use: DrawFor) => Promise<Drawn>,
): Promise<DrawnTerms> {
  const { acts, careDate, action } = asked;
  const own = findProfession(caller.profession)?.domains ?? [];
  const domains = acts.map((act) => domainsOfAct(act, own));
  const careDomains = [...new Set(domains.flat())];
  // Without an act of its own, the profession asks for something that is never covered, and is refused alike.
  const domainsAsked: readonly DomainCode[] = careDomains.length > 0 ? careDomains : firstForeign(own);
  const drawn = await draw(domainsAsked, { action: actions[action], fields: fieldsOfTerms });
  if (drawn.outcome !== 'disclosed') return drawn;
  const { receipt, held, decision, entry, allowance } = drawn;
  const facts = release(receipt, held, decision.contracts);
  const afterDeath = held.decide(afterDeathRule, { careDate });
  const terms = readTerms(facts, decision, { afterDeath, householdOf: householdOf(keys, held) });
  const foreignActs = domains.filter((some) => some.length === 0).length;
  const paying = [...new Set(terms.contracts.map(({ insurer }) => insurer))];
  const concerned = paying.length > 0 ? paying : held.decide(knownInsurersRule, null);
  return { outcome: 'disclosed', entry, allowance, receipt, terms, foreignActs, concerned };
}

/** Some insurers cover nurses with all allied professions, others by themselves: whichever holds, holds. */
function domainsOfAct(act: Act, own: readonly DomainCode[]): DomainCode[] {
  const first = domainOfAct(act, own);
  if (first === undefined) return [];
  // A drug at 15 % has a domain of its own, which is not the others'.
  return act.kind === 'drug' ? [first] : own.filter((code) => domainsOfKind[act.kind].includes(code));
}

/** A household is its member number at one insurer: an employer's contract is many households' own. */
function householdOf(keys: Keys, held: Held) {
  return (contract: { insurer: number; contract: number }): string | null =>
    markOf(keys, held, { ...contract, field: field.memberNumber })?.toString('hex') ?? null;
}

function firstForeign(own: readonly DomainCode[]): DomainCode[] {
  return domainCodes.filter((code) => !own.includes(code)).slice(0, 1);
}
