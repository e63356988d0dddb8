import { useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ReasonDialog } from '../frame/ReasonDialog.tsx';
import { useTexts } from '../texts/language.tsx';

type Client = Api['GET /v1/software-clients']['answer']['clients'][number];

/** Asks why, says what stops, and revokes: this cannot be undone. */
export function RevokeDialog({ client, close }: { readonly client: Client; readonly close: () => void }) {
  const { software: texts } = useTexts();
  const queries = useQueryClient();
  const revoke = async (why: string) => {
    await call('POST /v1/software-clients/{client}/revocation', {
      path: { client: client.client },
      body: { why },
    });
    await queries.invalidateQueries({ queryKey: ['software'] });
    close();
  };
  return (
    <ReasonDialog
      title={texts.revokeNamed(client.name)}
      effect={texts.effect(client.live)}
      act={texts.revoke}
      help={texts.whyHelp}
      isDangerous
      perform={revoke}
      close={close}
    />
  );
}
