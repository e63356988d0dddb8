import { insertScenarios, publishPlan } from '../../src/modules/claims/index.ts';
import {
  type DomainCode,
  domainCodes,
  type ListedContract,
  loadPeople,
  type PersonToLoad,
} from '../../src/modules/rights/index.ts';
import { findSubjects, type Identity, type Keys, lookupKey } from '../../src/modules/vault/index.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import { type Does, type SandboxPerson, sandboxPeople } from './people.ts';
import { sandboxInsurer, sandboxPlans } from './plans.ts';

const onAgreement: readonly DomainCode[] = ['OPTI', 'AUDI', 'DEPR'];
const hospital: readonly DomainCode[] = ['HOSP', 'EXTE', 'CHAM'];

/** Puts the sandbox into a demo: its insurer, its plans, its people, and what becomes of their claims. */
export async function fillSandbox(tools: { readonly db: Database; readonly keys: Keys }): Promise<void> {
  const { db, keys } = tools;
  await loadPeople(tools, sandboxPeople.map(personToLoad), { insurers: [sandboxInsurer] });
  for (const { document } of Object.values(sandboxPlans)) {
    await publishPlan(db, { insurer: sandboxInsurer.id, document, by: 0 });
  }
  const found = await findSubjects(
    db,
    sandboxPeople.map((person) => lookupKey(keys, identityOf(person))),
  );
  const played = sandboxPeople.flatMap((person, place) => {
    const subject = found[place]?.subject;
    if (subject === undefined) throw new Error(`${person.name} of the sandbox was not loaded`);
    const { does, by } = person;
    return by === 'rules' || does === 'accepts' || does === 'limits' ? [] : [{ subject, scenario: does }];
  });
  await insertScenarios(db, played);
}

function identityOf({ nir, birthDate }: SandboxPerson): Required<Identity> {
  return { nir13: nir.slice(0, 13), birthDate: birthDate.replaceAll('-', ''), birthRank: 1 };
}

function personToLoad(person: SandboxPerson, place: number): PersonToLoad {
  const { name, nir, does } = person;
  const identity = identityOf(person);
  const listed = {
    ...{ lines: [], identity, lastName: 'Sablier', firstName: name, sex: nir.slice(0, 1) },
    departement: '91',
    deathDate: does === 'signals-care-after-death' ? '2025-06-15' : '',
    contracts: [contractOf(does, place)],
  };
  return { identities: [identity], listed: new Map([[sandboxInsurer.id, [listed]]]) };
}

function contractOf(does: Does, place: number): ListedContract {
  const number = String(place + 1).padStart(3, '0');
  const onlineEnd = does === 'rejects-rights-closed' ? '2025-12-31' : null;
  const covered = does === 'rejects-domain-not-covered' ? hospital : domainCodes;
  const domains = domainCodes.filter((code) => covered.includes(code));
  return {
    ...{ contractNumber: `BAC-${number}`, memberNumber: `9500${number}`, convention: 'VA', csr: '90001' },
    responsible: false,
    plan: does === 'limits' ? sandboxPlans.limited.name : sandboxPlans.open.name,
    days: { start: '2020-01-01', printedEnd: '2030-12-31', onlineEnd },
    domains: domains.map((code) => ({ code, level: levelOf(code, does), convention: 'VA' })),
  };
}

function levelOf(code: DomainCode, does: Does): string {
  if (does === 'rejects-engagement-needed' && onAgreement.includes(code)) return 'PEC';
  return { PHAR: '100/100/85', PH15: '15%', CHAM: '50 EUR' }[code as string] ?? '100%';
}
