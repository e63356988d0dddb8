import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call, Problem } from './call.ts';
import type { Api } from './types.d.ts';

/** Who is signed in. */
export type Session = Api['GET /v1/session']['answer'];

/** The session, null when nobody is signed in; read again when the window comes back. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    async queryFn(): Promise<Session | null> {
      try {
        return (await call('GET /v1/session')).body;
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
  });
}

/** Asks for a passkey and signs in with it. */
export async function signIn(): Promise<void> {
  const options = await call('POST /v1/sign-in-options', { body: {} });
  const credential = await startAuthentication({ optionsJSON: options.body as never });
  await call('POST /v1/sessions', { body: credential as never });
}

/** Makes an invited holder's passkey and signs in. */
export async function enrol(invitation: { link: string; code: string }): Promise<void> {
  const options = await call('POST /v1/enrolment-options', { body: invitation });
  const credential = await startRegistration({ optionsJSON: options.body as never });
  await call('POST /v1/enrolments', { body: { invitation, credential: credential as never } });
}

/** Makes one more passkey. */
export async function addPasskey(): Promise<void> {
  const options = await call('POST /v1/passkey-options', { body: {} });
  const credential = await startRegistration({ optionsJSON: options.body as never });
  await call('POST /v1/passkeys', { body: credential as never });
}

/** Signs out, and forgets everything that was shown. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const ended = await call('POST /v1/session/end').catch(() => undefined);
    queries.clear();
    // A whole new page: nothing of the last person stays in this one's memory.
    // Whoever came by Pro Santé Connect signs out there too, and is sent back.
    window.location.assign(ended?.body.next ?? '/sign-in');
  };
}
