import { Stack, Table, Text, Title } from '@mantine/core';
import { type Permission, permissionTable, roles } from '../../../src/modules/access/roles.ts';
import { useTexts } from '../texts/language.tsx';

/** The table of permissions, from the very source the server applies. */
export function Permissions() {
  const texts = useTexts();
  const { permissions } = texts;
  const rows = Object.entries(permissionTable) as [
    Exclude<Permission, 'none'>,
    (typeof permissionTable)[Exclude<Permission, 'none'>],
  ][];
  return (
    <Stack>
      <Title order={1} size="h2">
        {permissions.title}
      </Title>
      <Text>{permissions.says}</Text>
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={960} className="sheet">
        <Table verticalSpacing="sm" horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{permissions.may}</Table.Th>
              {roles.map((role) => (
                <Table.Th key={role} scope="col" fz="xs">
                  {texts.roles[role]}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([permission, { about, roles: allowed }]) => (
              <Table.Tr key={permission}>
                <Table.Th scope="row" fw={400}>
                  {permissions.rows[permission]}{' '}
                  <Text span size="sm" className="quiet">
                    ({permissions.about[about]})
                  </Text>
                </Table.Th>
                {roles.map((role) => (
                  <Table.Td key={role} ta="center">
                    {(allowed as readonly string[]).includes(role) ? (
                      <span role="img" aria-label={permissions.allowed}>
                        ✓
                      </span>
                    ) : (
                      <span role="img" aria-label={permissions.refused} className="quiet">
                        ·
                      </span>
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
