import {
  type Caller,
  createOrganisation,
  nobody,
  professionalPermissions,
} from '../src/modules/access/index.ts';
import { publishPlan } from '../src/modules/claims/index.ts';
import { loadPeople } from '../src/modules/rights/index.ts';
import { equilibre, nirAt, personToLoad, ponant } from '../tests/claiming.ts';
import { type Desk, openDesk } from '../world/desk.ts';
import type { Tools } from './country.ts';

/** A desk, and the caller that its requests are identified as. */
export type BusyDesk = Desk & { readonly caller: Caller };

/** People who all have one plan, and houses that serve each of them. */
export type ClaimHouse = {
  /** The next claim: its body is new each time. */
  next(): { readonly desk: BusyDesk; readonly body: string; readonly key: string };
};

const peopleCount = 9_000;
const desksCount = 60;
const raised = 100_000_000;
const birthDate = '1984-05-17';

/** Loads them, publishes the plan, and opens the desks. */
export async function settleClaimHouse(tools: Tools, today: string): Promise<ClaimHouse> {
  const people = Array.from({ length: peopleCount }, (_none, place) => ({ place }));
  await loadPeople({ db: tools.owner, keys: tools.keys }, people.map(personToLoad), { insurers: [ponant] });
  await publishPlan(tools.owner, { insurer: ponant.id, document: equilibre, by: 0 });
  const desks = await openDesks(tools);
  await tools.owner`vacuum analyze`;
  let sent = 0;
  const run = Date.now().toString(36);
  return {
    next() {
      sent += 1;
      const place = sent % peopleCount;
      const round = Math.floor(sent / peopleCount);
      // Each claim is of somebody new to its desk: drawn, charged, and given back once it is accepted.
      const desk = desks[(place + round) % desksCount] as BusyDesk;
      // Prices differ, so that no claim is another one's duplicate.
      const priceCents = 3000 + round;
      const acts = [
        { code: 'G', kind: 'consultation', priceCents, baseCents: 3000 },
        { code: 'MPC', kind: 'consultation', priceCents: 500, baseCents: 500 },
      ];
      const body = { nir: nirAt(place), birthDate, careDate: today, acts };
      return { desk, body: JSON.stringify(body), key: `${run}-${sent}` };
    },
  };
}

async function openDesks(tools: Tools): Promise<BusyDesk[]> {
  const figures = {
    ...{ cap: raised, renewalPerDay: 4, usualNewPeoplePerDay: raised, peoplePerDayMax: raised },
    openingBalance: 0,
  };
  const desks: BusyDesk[] = [];
  for (let at = 0; at < desksCount; at += 1) {
    const organisation = await createOrganisation(tools, `Cabinet ${at}`);
    const holder = { name: `Desk ${at}` };
    const profession = 'general-practitioner';
    const desk = await openDesk(tools, { organisation, profession, holder, figures });
    const { account } = desk;
    const as = { role: 'professional' as const, permissions: professionalPermissions };
    desks.push({ ...desk, caller: { ...nobody, ...as, account, organisation, profession } });
  }
  return desks;
}
