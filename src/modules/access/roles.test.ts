import { expect, test } from 'vitest';
import { permissionsOf, permissionTable, roles } from './roles.ts';

test.each(roles)('%s either sees people or manages accounts, never both', (role) => {
  const about = Object.entries(permissionTable)
    .filter(([permission]) => permissionsOf[role].has(permission as keyof typeof permissionTable))
    .map(([, row]) => row.about);
  expect(about.includes('people') && about.includes('accounts')).toBe(false);
});

test('only a security officer lifts what others ordered', () => {
  expect(roles.filter((role) => permissionsOf[role].has('reinstate-account'))).toEqual(['security-officer']);
});

test('no program has a session: what it may do follows from its token', () => {
  expect(permissionsOf['insurer-service'].has('own-session')).toBe(false);
});
