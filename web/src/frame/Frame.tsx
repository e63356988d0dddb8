import { Box, Button, Group, Text } from '@mantine/core';
import { Navigate, NavLink, Outlet } from 'react-router';
import { type Session, useSession, useSignOut } from '../api/session.ts';
import { useTexts } from '../texts/language.tsx';
import { LanguageButton } from './LanguageButton.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

/** The places a session may go to, by what it is permitted. */
export function placesOf({ permissions }: Session) {
  const may = (permission: Session['permissions'][number]) => permissions.includes(permission);
  return [
    ...(may('lookup-coverage') ? (['lookup'] as const) : []),
    ...(may('claim') ? (['claims'] as const) : []),
    ...(may('quote') ? (['engagements'] as const) : []),
    ...(may('read-plans') ? (['plans'] as const) : []),
    ...(may('review-claims') ? (['flagged'] as const) : []),
    ...(may('read-imports') ? (['insurerImports'] as const) : []),
    ...(may('read-own-lookups') ? (['ownLookups'] as const) : []),
    ...(may('manage-guard') ? (['guard'] as const) : []),
    ...(may('read-accounts') ? (['accounts'] as const) : []),
    ...(may('read-software') ? (['software'] as const) : []),
    ...(may('read-ledger-health') ? (['health'] as const) : []),
    ...(may('review-explanations') ? (['reviews'] as const) : []),
    // Whoever watches the guard finds it there.
    ...(may('read-guard-board') && !may('manage-guard') ? (['guardBoard'] as const) : []),
    ...(['permissions', 'me'] as const),
  ];
}

/** The address of each place. */
export const addresses = {
  lookup: '/lookup',
  claims: '/claims',
  engagements: '/engagements',
  plans: '/plans',
  flagged: '/flagged-claims',
  insurerImports: '/insurer-imports',
  ownLookups: '/own-lookups',
  guard: '/guard',
  accounts: '/accounts',
  software: '/software',
  health: '/ledger-health',
  guardBoard: '/guard/board',
  reviews: '/reviews',
  permissions: '/permissions',
  me: '/me',
} as const;

/** What surrounds every page of somebody who is signed in. */
export function Frame() {
  const texts = useTexts();
  const session = useSession();
  if (session.isPending) return <Text p="xl">{texts.frame.loading}</Text>;
  if (session.isError) {
    return (
      <main className="frame">
        <ProblemNotice error={session.error} again={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data === null) return <Navigate to="/sign-in" replace />;
  return (
    <>
      <a className="skip" href="#content">
        {texts.frame.skip}
      </a>
      <Band session={session.data} />
      <main className="frame" id="content" tabIndex={-1}>
        <Outlet context={session.data} />
      </main>
    </>
  );
}

function Band({ session }: { readonly session: Session }) {
  const texts = useTexts();
  const signOut = useSignOut();
  return (
    <Box component="header" className="band" mb="lg">
      <Group className="frame" justify="space-between" gap="sm" py="xs" style={{ paddingBottom: 0 }}>
        <Text fw={700} size="lg" component="span">
          Vigie
        </Text>
        <Group component="nav" gap="md" aria-label={texts.frame.navigation}>
          {placesOf(session).map((place) => (
            <NavLink key={place} to={addresses[place]}>
              {texts.frame[place]}
            </NavLink>
          ))}
        </Group>
        <Group gap="xs">
          <LanguageButton color="gray.2" />
          <Button variant="subtle" color="gray.2" size="compact-sm" onClick={() => void signOut()}>
            {texts.frame.signOut}
          </Button>
        </Group>
      </Group>
    </Box>
  );
}
