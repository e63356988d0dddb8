import { Badge } from '@mantine/core';
import { useInsurerTexts } from '../texts/insurer.ts';

const colors = {
  received: 'gray',
  accepted: 'accent',
  rejected: 'gray',
  cancelled: 'gray',
  contested: 'attention',
} as const;

/** How a claim stands, in a word. */
export function ClaimBadge({ state }: { readonly state: keyof typeof colors }) {
  const { flagged } = useInsurerTexts();
  return (
    <Badge color={colors[state]} variant={state === 'contested' ? 'filled' : 'outline'} tt="none">
      {flagged.states[state]}
    </Badge>
  );
}
