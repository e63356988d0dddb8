import { Badge } from '@mantine/core';
import type { Api } from '../api/types.d.ts';
import { useTexts } from '../texts/language.tsx';

const colors = {
  open: 'accent',
  challenged: 'attention',
  restricted: 'attention',
  suspended: 'danger',
} as const;

/** What an account may do, in a word. */
export function Standing({ is }: { readonly is: Api['GET /v1/accounts/{account}']['answer']['standing'] }) {
  const { accounts } = useTexts();
  return (
    <Badge color={colors[is]} variant={is === 'open' ? 'outline' : 'filled'} tt="none" miw="max-content">
      {accounts.standings[is]}
    </Badge>
  );
}
