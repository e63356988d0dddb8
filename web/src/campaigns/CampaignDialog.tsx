import { List, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { ReasonDialog } from '../frame/ReasonDialog.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import type { Campaign } from './LinkGraph.tsx';

/** What an officer says of a campaign: members were stolen, or it is none. */
export type Ruling = 'confirm' | 'close';

/** Says what it does to how many accounts and people, asks why, and does it. */
export function CampaignDialog(props: {
  readonly of: Campaign;
  readonly chosen: readonly number[];
  readonly ruling: Ruling;
  readonly close: () => void;
  readonly done: (said: string) => void;
}) {
  const { of, chosen, ruling, close, done } = props;
  const { campaigns: texts, case: words } = useGuardTexts();
  const queries = useQueryClient();
  const isConfirm = ruling === 'confirm';
  const rule = async (why: string) => {
    const path = { campaign: of.campaign };
    if (isConfirm)
      await call('POST /v1/guard/campaigns/{campaign}/confirmation', {
        path,
        body: { accounts: [...chosen], why },
      });
    else await call('POST /v1/guard/campaigns/{campaign}/closing', { path, body: { why } });
    await queries.invalidateQueries({ queryKey: ['guard'] });
    done(isConfirm ? texts.confirmed(chosen.length) : texts.closedNow);
    close();
  };
  return (
    <ReasonDialog
      title={isConfirm ? texts.confirmTitle : texts.closeTitle}
      effect={
        isConfirm ? <ConfirmEffect of={of} chosen={chosen} /> : <Lines of={texts.closeEffect(of.accounts)} />
      }
      act={isConfirm ? words.doConfirm : texts.doClose}
      help={words.whyHelp}
      isDangerous={isConfirm}
      perform={rule}
      close={close}
    />
  );
}

/** What it will do, in accounts, people and sessions: the last are counted now, for they change meanwhile. */
function ConfirmEffect({ of, chosen }: { readonly of: Campaign; readonly chosen: readonly number[] }) {
  const { campaigns: texts, case: words } = useGuardTexts();
  const { campaign } = of;
  const found = useQuery({
    queryKey: ['guard', 'campaign', campaign, 'effect'],
    queryFn: async () =>
      (await call('GET /v1/guard/campaigns/{campaign}/effect', { path: { campaign } })).body.members,
    staleTime: 0,
  });
  if (found.isError) return <ProblemNotice error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return <Text>{words.counting}</Text>;
  const isChosen = ({ account }: { readonly account: number }) => chosen.includes(account);
  const members = of.members.filter(isChosen);
  const people = members.reduce((sum, member) => sum + member.people, 0);
  const still = members.filter(({ standing }) => standing !== 'suspended').length;
  const live = found.data.filter(isChosen);
  const sessions = live.reduce((sum, one) => sum + one.sessions, 0);
  const software = live.reduce((sum, one) => sum + one.software, 0);
  const ends = words.ends(sessions, software);
  return <Lines of={texts.confirmEffect({ still, ends, people, others: of.accounts - chosen.length })} />;
}

function Lines({ of }: { readonly of: readonly string[] }) {
  return (
    <List spacing="xs">
      {of.map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}
