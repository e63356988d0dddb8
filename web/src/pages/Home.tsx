import { Navigate, useOutletContext } from 'react-router';
import type { Session } from '../api/session.ts';
import { addresses, placesOf } from '../frame/Frame.tsx';

/** Goes to the first place of whoever is signed in; those without one of their own see their account. */
export function Home() {
  const [place] = placesOf(useOutletContext<Session>());
  return <Navigate to={addresses[place === undefined || place === 'permissions' ? 'me' : place]} replace />;
}
