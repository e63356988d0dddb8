import { permissionsOf, permissionTable, roles } from '../src/modules/access/index.ts';

/** The table of permissions as a page: a row a permission, a column a role. */
export function permissionsTable(): string[] {
  const rows = Object.entries(permissionTable).map(([permission, { says, about }]) => {
    const cells = roles.map((role) => (permissionsOf[role].has(permission as never) ? '✓' : ''));
    return `| **${permission}**: ${says} | ${about} | ${cells.join(' | ')} |`;
  });
  const heads = ['may', 'about', ...roles.map((role) => role.replaceAll('-', ' '))];
  return [[`| ${heads.join(' | ')} |`, `|---|---|${roles.map(() => ':-:|').join('')}`, ...rows].join('\n')];
}
