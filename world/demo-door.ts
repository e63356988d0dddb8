import {
  type AccountTools,
  createOrganisation,
  drawsNobody,
  insertDemoAccount,
  openAccount,
  type Role,
} from '../src/modules/access/index.ts';
import { agentFigures, agentProfession, allowanceFigures } from '../src/modules/rights/index.ts';
import { insurers } from './insurers.ts';

const offices: readonly { role: Role; name: string }[] = [
  { role: 'organisation-administrator', name: 'Maud Kerbrat' },
  { role: 'security-officer', name: 'Idris Vallon' },
  { role: 'security-officer', name: 'Solène Aubry' },
  { role: 'data-protection-officer', name: 'Clarisse Mondor' },
  { role: 'auditor', name: 'Paul Estève' },
];

/** Writes plans and looks at claims for the country's first insurer. */
const agent = { name: 'Armelle Joubert', insurer: insurers[0] } as const;

/**
 * Whom the demo's sign-in page offers: professionals, an agent of an insurer, and one person of each
 * office. Two security officers, since nobody lifts a suspension they ordered.
 */
export async function openDoor(
  tools: AccountTools,
  { professionals, organisation }: { professionals: readonly number[]; organisation: number },
): Promise<void> {
  const operator = await createOrganisation(tools, 'Vigie (démonstration)');
  for (const account of professionals) await insertDemoAccount(tools.db, account);
  await insertDemoAccount(tools.db, await openAgent(tools));
  for (const { role, name } of offices) {
    const account = await openAccount(tools, {
      organisation: role === 'organisation-administrator' ? organisation : operator,
      profession: role,
      role,
      holder: { name },
      figures: drawsNobody,
    });
    await insertDemoAccount(tools.db, account);
  }
}

async function openAgent(tools: AccountTools): Promise<number> {
  const { name, insurer } = agent;
  if (insurer === undefined) throw new Error('a country needs an insurer');
  return openAccount(tools, {
    organisation: await createOrganisation(tools, insurer.name),
    profession: agentProfession,
    role: 'insurer-agent',
    insurer: insurer.id,
    holder: { name },
    figures: allowanceFigures(agentFigures),
  });
}
