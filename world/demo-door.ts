import {
  type AccountTools,
  createOrganisation,
  drawsNobody,
  insertDemoAccount,
  openAccount,
  type Role,
} from '../src/modules/access/index.ts';

const offices: readonly { role: Role; name: string }[] = [
  { role: 'organisation-administrator', name: 'Maud Kerbrat' },
  { role: 'security-officer', name: 'Idris Vallon' },
  { role: 'security-officer', name: 'Solène Aubry' },
  { role: 'data-protection-officer', name: 'Clarisse Mondor' },
  { role: 'auditor', name: 'Paul Estève' },
];

/**
 * Whom the demo's sign-in page offers: professionals, and one person of each office. Two security officers,
 * since nobody lifts a suspension they ordered.
 */
export async function openDoor(
  tools: AccountTools,
  { professionals, organisation }: { professionals: readonly number[]; organisation: number },
): Promise<void> {
  const operator = await createOrganisation(tools, 'Vigie (démonstration)');
  for (const account of professionals) await insertDemoAccount(tools.db, account);
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
