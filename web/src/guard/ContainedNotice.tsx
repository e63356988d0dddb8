import { Alert, Button, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { signIn } from '../api/session.ts';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates } from '../texts/language.tsx';
import './guard.css';

/** What the guard holds against one's own account, asked again while it does. */
export function useOwnContainment() {
  return useQuery({
    queryKey: ['own', 'containment'],
    queryFn: async () => (await call('GET /v1/own-containment')).body,
    // An officer may be opening it this very moment, with the holder on the telephone.
    refetchInterval: (query) => (query.state.data?.standing === 'open' ? 60_000 : 5_000),
  });
}

/** Tells whoever is contained why, what to do, and how to get back to work; nothing otherwise. */
export function ContainedNotice() {
  const { contained: texts } = useGuardTexts();
  const dates = useDates();
  const queries = useQueryClient();
  const found = useOwnContainment();
  const standing = found.data?.standing ?? 'open';
  if (standing === 'open') return null;
  const { title, why, what } = texts[standing];
  const show = () => void signIn().then(() => queries.invalidateQueries({ queryKey: ['own'] }));
  return (
    <Alert
      color={standing === 'suspended' ? 'danger' : 'attention'}
      title={title}
      role="alert"
      my="md"
      className="contained"
    >
      <Text>{why}</Text>
      <Text fw={600}>{what}</Text>
      {standing === 'restricted' && found.data?.expiresAt != null && (
        <Text size="sm">{texts.until(dates.paris(String(found.data.expiresAt)))}</Text>
      )}
      {standing === 'challenged' && (
        <Button mt="sm" onClick={show}>
          {texts.usePasskey}
        </Button>
      )}
    </Alert>
  );
}
