import { type Clock, parisDay } from '../../../platform/clock.ts';
import { Failure } from '../../../platform/errors.ts';
import { type AccountTools, createOrganisation, drawsNobody, openAccount } from '../../access/index.ts';
import { actions, purposes } from '../../ledger/index.ts';
import { currentCode, hold, type Identity, lookupKeys, release } from '../../vault/index.ts';
import { fieldSet } from '../fields.ts';
import type { ReadInsurers } from '../read-insurers.ts';
import { createReadPerson } from '../read-people.ts';
import type { Card } from './card.ts';
import { assembleCard, cardRule } from './shown-contracts.ts';
import { signCard } from './sign-card.ts';
import { findCardDesk, keepCardDesk } from './store.ts';

/** A card as its holder's screen would show it: what it says, its signed form, and the code of now. */
export type ShownCard = { readonly card: Card; readonly signed: string };

/** The cards of a person; the entry that was written first. */
export type ShownCards = {
  readonly code: string;
  readonly cards: readonly ShownCard[];
  readonly entry: { readonly lane: number; readonly seq: bigint };
};

/** What cards are shown with. */
export type CardTools = AccountTools & { readonly clock: Clock; readonly readInsurers: ReadInsurers };

/** The number an entry names the decision by: as a lookup's, covered or without contract. */
const reasonCodes = { covered: 1, 'no-contract': 2 } as const;

/** Shows a person their cards: held, decided on, recorded, then released and signed; null for nobody. */
export async function showCards(tools: CardTools, identity: Identity): Promise<ShownCards | null> {
  const { db, keys, ledger, clock } = tools;
  const record = await createReadPerson(db)(lookupKeys(keys, identity));
  if (record === null) return null;
  const { subject } = record.found;
  const held = hold(keys, record.found, record.sealed);
  const now = clock.now();
  const day = parisDay(now);
  const decision = held.decide(cardRule, { day });
  const recorded = await ledger.record({
    ...(await cardDesk(tools)),
    ...{ session: 0n, client: 0, network: 0, action: actions.cardShown, purpose: purposes.TREAT },
    ...{ subject, nirKey: null, insurers: decision.insurers, fields: fieldSet(decision.fields) },
    reason: decision.contracts.length > 0 ? reasonCodes.covered : reasonCodes['no-contract'],
    // It is shown to its holder: nobody is drawn, and a contained desk shows nothing.
    ...{ present: true, signals: 0 },
  });
  if (recorded.outcome !== 'disclosed') throw new Failure('forbidden');
  const { receipt } = recorded;
  const facts = release(receipt, held, decision.contracts);
  const insurers = await tools.readInsurers(decision.insurers);
  const cards: ShownCard[] = [];
  for (const contract of decision.contracts) {
    const card = assembleCard(facts, contract, { day, insurer: insurers.get(contract.insurer) });
    if (card !== null) cards.push({ card, signed: await signCard(keys, card) });
  }
  const code = await currentCode(db, keys, { subject, now });
  await ledger.confirmOpen(receipt);
  return { code: code ?? '', cards, entry: { lane: receipt.lane, seq: receipt.seq } };
}

/**
 * The account that entries of shown cards stand under until members have their own. It may draw nobody, has
 * no passkey, and whoever reads accounts sees it.
 */
async function cardDesk(tools: CardTools): Promise<{ account: number; organisation: number }> {
  const known = await findCardDesk(tools.db);
  if (known !== undefined) return known;
  const organisation = await createOrganisation(tools, 'Cartes montrées au terminal');
  const holder = { name: 'vigie card show' };
  const account = await openAccount(tools, {
    ...{ organisation, profession: 'member', role: 'member' },
    ...{ holder, figures: drawsNobody },
  });
  // Two at once: the first stays, the other's account is never used.
  return keepCardDesk(tools.db, account, organisation);
}
