import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';

type ClaimBody = Api['POST /v1/claims']['body'];

/**
 * Sends a claim under a name that is made once for each content: sent again after a connection that broke,
 * it is the same claim.
 */
export function useSendClaim() {
  const queries = useQueryClient();
  const names = useRef(new Map<string, string>());
  return useMutation({
    mutationFn: async (body: ClaimBody) => {
      const content = JSON.stringify(body);
      const key = names.current.get(content) ?? crypto.randomUUID();
      names.current.set(content, key);
      return (await call('POST /v1/claims', { body, key })).body.claim;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['own'] }),
    // It holds whom the claim is for.
    gcTime: 0,
  });
}
