import { Badge } from '@mantine/core';
import type { Api } from '../api/types.d.ts';
import { useClaimTexts } from '../texts/claims.ts';

/** The state of a claim. */
export type ClaimStateWord = Api['GET /v1/claims/{claim}']['answer']['state'];

const looks = {
  received: { color: 'gray', variant: 'outline', sign: '…' },
  accepted: { color: 'accent', variant: 'filled', sign: '✓' },
  rejected: { color: 'attention', variant: 'filled', sign: '✕' },
  cancelled: { color: 'gray', variant: 'outline', sign: '–' },
  contested: { color: 'attention', variant: 'outline', sign: '?' },
} as const;

/** What became of a claim, in a word and a sign: never by colour alone. */
export function ClaimState({ is, size = 'md' }: { readonly is: ClaimStateWord; readonly size?: string }) {
  const { follow } = useClaimTexts();
  const { color, variant, sign } = looks[is];
  return (
    <Badge color={color} variant={variant} size={size} tt="none" miw="max-content">
      {sign} {follow.states[is]}
    </Badge>
  );
}
