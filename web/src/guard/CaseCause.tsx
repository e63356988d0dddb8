import { Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useGuardTexts } from '../texts/guard.ts';
import { useNumbers } from '../texts/language.tsx';
import type { Case } from './loud-detectors.ts';

/** Why a case was opened: whose evidence led to it, against which thresholds; or a sweep, or a person. */
export function CaseCause({ of }: { readonly of: Case }) {
  const { case: texts } = useGuardTexts();
  const number = useNumbers();
  const { bits, isHoney, ledBy } = of;
  if (isHoney) return <Text mb="sm">{texts.whyHoney}</Text>;
  if (ledBy === 'own') {
    const lookups = Number((2 ** Math.floor(bits)).toPrecision(2));
    return <Text mb="sm">{texts.whyBits(number(bits, 1), number(lookups))}</Text>;
  }
  const says = {
    group: texts.causes.group(number(bits, 1), number(of.group?.accounts ?? 0)),
    'confirmed-member': texts.causes['confirmed-member'](number(bits, 1)),
    sweep: texts.causes.sweep,
    person: texts.causes.person,
  };
  return (
    <Stack gap="xs" mb="sm">
      <Text>
        {says[ledBy]} <Origin of={of} />
      </Text>
      {ledBy === 'group' && of.group !== null && <Asked group={of.group} alone={of.thresholds} />}
      {(ledBy === 'group' || ledBy === 'person') && <Alone of={of} />}
    </Stack>
  );
}

/** What a group is asked for: more than an account, or less once a theft in it is confirmed. */
function Asked(props: { readonly group: NonNullable<Case['group']>; readonly alone: Case['thresholds'] }) {
  const { group, alone } = props;
  const { case: texts } = useGuardTexts();
  const number = useNumbers();
  const isMore = group.challenge > alone.challenge;
  return <Text>{texts.groupAsks(number(group.challenge, 1), number(group.restrict, 1), isMore)}</Text>;
}

/** Where what led to it is told. */
function Origin({ of: { campaign, ledBy, sweep } }: { readonly of: Case }) {
  const { campaigns, sweeps } = useGuardTexts();
  if (ledBy === 'sweep')
    return sweep === null ? null : <Link to="/guard/sweeps">{sweeps.title(String(sweep))}</Link>;
  if (campaign === null) return null;
  return <Link to={`/guard/campaigns/${campaign}`}>{campaigns.title(String(campaign))}</Link>;
}

/** How far the account came by itself: what would have happened without the others. */
function Alone({ of: { points, thresholds } }: { readonly of: Case }) {
  const { case: texts } = useGuardTexts();
  const number = useNumbers();
  const most = Math.max(0, ...points.map(({ bits }) => bits));
  return (
    <Text>
      {points.length === 0 ? texts.aloneLow : texts.alone(number(most, 1), number(thresholds.challenge, 1))}
    </Text>
  );
}
