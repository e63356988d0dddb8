import { List } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
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
  const members = of.members.filter(({ account }) => chosen.includes(account));
  const people = members.reduce((sum, member) => sum + member.people, 0);
  const still = members.filter(({ standing }) => standing !== 'suspended').length;
  const lines = isConfirm
    ? texts.confirmEffect({ accounts: chosen.length, still, people, others: of.accounts - chosen.length })
    : texts.closeEffect(of.accounts);
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
        <List spacing="xs">
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      }
      act={isConfirm ? words.doConfirm : texts.doClose}
      help={words.whyHelp}
      isDangerous={isConfirm}
      perform={rule}
      close={close}
    />
  );
}
