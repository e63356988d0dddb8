import { Button, Checkbox, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { Standing } from '../accounts/Standing.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useDates, useNumbers } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';
import { CampaignDialog, type Ruling } from './CampaignDialog.tsx';
import type { Campaign, Member } from './LinkGraph.tsx';

/** The accounts of a campaign, and what may be done: confirm those that were stolen, or say it is none. */
export function MemberPart(props: { readonly of: Campaign; readonly say: (said: string) => void }) {
  const { of, say } = props;
  const { campaigns: texts } = useGuardTexts();
  const [chosen, choose] = useState<readonly number[]>([]);
  const [asked, ask] = useState<Ruling | null>(null);
  const columns = [...useChooser(of, chosen, choose), ...useColumns()];
  const done = (said: string) => {
    say(said);
    choose([]);
  };
  return (
    <section>
      <Title order={2} size="h4">
        {texts.members}
      </Title>
      <Text size="sm" className="quiet" mb="xs">
        {texts.membersSay}
      </Text>
      <SortableTable
        columns={columns}
        rows={of.members}
        rowKey={({ account }) => account}
        label={texts.members}
        minWidth={860}
      />
      {of.state !== 'closed' && (
        <Group mt="md">
          <Button
            variant="outline"
            color="danger"
            disabled={chosen.length === 0}
            {...(chosen.length === 0 ? { 'aria-describedby': 'choose-first' } : {})}
            onClick={() => ask('confirm')}
          >
            {texts.confirm(chosen.length)}
          </Button>
          <Button variant="default" onClick={() => ask('close')}>
            {texts.close}
          </Button>
          {chosen.length === 0 && (
            <Text size="sm" className="quiet" id="choose-first">
              {texts.chooseFirst}
            </Text>
          )}
        </Group>
      )}
      {asked !== null && <CampaignDialog {...{ of, chosen, done }} ruling={asked} close={() => ask(null)} />}
    </section>
  );
}

/** Ticks accounts; a closed campaign has nothing to tick them for. */
function useChooser(
  of: Campaign,
  chosen: readonly number[],
  choose: (accounts: readonly number[]) => void,
): Column<Member>[] {
  const { campaigns: texts } = useGuardTexts();
  if (of.state === 'closed') return [];
  const toggle = (account: number, isOn: boolean) =>
    choose(isOn ? [...chosen, account] : chosen.filter((each) => each !== account));
  return [
    {
      ...{ key: 'choose', head: '' },
      cell: ({ account }) => (
        <Checkbox
          aria-label={texts.choose(account)}
          checked={chosen.includes(account)}
          onChange={(event) => toggle(account, event.currentTarget.checked)}
        />
      ),
    },
  ];
}

function useColumns(): Column<Member>[] {
  const { campaigns: texts, bits: inBits, case: words } = useGuardTexts();
  const professionName = useProfessionName();
  const dates = useDates();
  const number = useNumbers();
  const { heads } = texts;
  return [
    {
      ...{ key: 'account', head: heads.account, sortBy: ({ account }) => account },
      cell: ({ account }) => <Link to={`/accounts/${account}`}>{account}</Link>,
    },
    {
      ...{ key: 'standing', head: heads.standing, sortBy: ({ standing }) => standing },
      cell: ({ standing }) => <Standing is={standing} />,
    },
    {
      ...{ key: 'bits', head: heads.own, sortBy: ({ bits }) => bits },
      cell: ({ bits }) => inBits(number(bits, 1)),
    },
    {
      ...{ key: 'people', head: heads.people, sortBy: ({ people }) => people },
      cell: ({ people }) => number(people),
    },
    {
      ...{ key: 'profession', head: heads.profession },
      sortBy: ({ profession }) => professionName(profession),
      cell: ({ profession }) => professionName(profession),
    },
    {
      ...{ key: 'organisation', head: heads.organisation, sortBy: ({ organisation }) => organisation },
      cell: ({ organisation }) => organisation,
    },
    {
      ...{ key: 'joined', head: heads.joined, sortBy: ({ joinedAt }) => joinedAt },
      cell: ({ joinedAt }) => dates.instant(joinedAt),
    },
    {
      ...{ key: 'case', head: heads.case },
      cell: ({ case: id }) =>
        id === null ? (
          '–'
        ) : (
          <Link to={`/guard/cases/${id}`} className="amount">
            {words.title(String(id))}
          </Link>
        ),
    },
  ];
}
