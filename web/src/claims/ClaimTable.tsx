import { Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { resendable } from '../../../src/modules/claims/adjudicating/resendable.ts';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { useClaimTexts, useEuros } from '../texts/claims.ts';
import { useDates, useLanguage } from '../texts/language.tsx';
import { ClaimState } from './ClaimState.tsx';
import type { ListedClaim } from './Claims.tsx';
import { ResendBar } from './ResendBar.tsx';

type Props = { readonly claims: readonly ListedClaim[]; readonly reread: () => void };
type Picking = {
  readonly picked: readonly string[];
  readonly pick: (claim: string, is: boolean) => void;
  /** Those that a later claim of this page replaces: they were sent again. */
  readonly replaced: ReadonlySet<string | null>;
};

/** Claims as a table: what became of each, why, and what it pays; some may be sent again as they are. */
export function ClaimTable({ claims, reread }: Props) {
  const { claims: texts } = useClaimTexts();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const replaced = new Set(claims.map(({ replaces }) => replaces));
  const pick = (claim: string, is: boolean) =>
    setPicked(is ? [...picked, claim] : picked.filter((one) => one !== claim));
  const columns = useColumns({ picked, pick, replaced });
  return (
    <Stack>
      <SortableTable
        columns={columns}
        rows={claims}
        rowKey={({ claim }) => claim}
        label={texts.title}
        minWidth={860}
      />
      {claims.some(({ state }) => state === 'rejected') && (
        <ResendBar
          picked={picked}
          done={() => {
            setPicked([]);
            reread();
          }}
        />
      )}
    </Stack>
  );
}

function Pick({ claim, picking }: { readonly claim: ListedClaim; readonly picking: Picking }) {
  const { claims: texts } = useClaimTexts();
  const dates = useDates();
  const { picked, pick, replaced } = picking;
  if (claim.rejection === null) return null;
  const why = replaced.has(claim.claim)
    ? texts.pickDone
    : resendable.includes(claim.rejection.reason)
      ? null
      : texts.pickNot;
  const name = claim.reference ?? dates.day(claim.careDate);
  return (
    <Checkbox
      aria-label={`${texts.pick(name)}${why === null ? '' : `. ${why}`}`}
      disabled={why !== null}
      {...(why === null ? {} : { title: why })}
      checked={picked.includes(claim.claim)}
      onChange={(event) => pick(claim.claim, event.currentTarget.checked)}
    />
  );
}

function useColumns(picking: Picking): Column<ListedClaim>[] {
  const { language } = useLanguage();
  const { claims: texts, follow } = useClaimTexts();
  const dates = useDates();
  const amounts = useAmountColumns();
  return [
    { key: 'pick', head: '', cell: (claim) => <Pick claim={claim} picking={picking} /> },
    {
      key: 'careDate',
      head: texts.careDate,
      sortBy: ({ careDate }) => careDate,
      cell: ({ claim, careDate, reference }) => (
        <>
          <Link to={`/claims/${claim}`}>{dates.shortDay(careDate)}</Link>
          <Text size="sm" className="quiet reference">
            {reference ?? texts.noReference}
          </Text>
        </>
      ),
    },
    {
      key: 'state',
      head: texts.state,
      sortBy: ({ state }) => follow.states[state],
      cell: ({ state }) => <ClaimState is={state} />,
    },
    {
      key: 'reason',
      head: texts.reason,
      sortBy: ({ rejection }) => rejection?.[language] ?? '',
      cell: ({ rejection }) =>
        rejection !== null && (
          <div className="reason">
            {rejection[language]}
            <Text size="sm" className="quiet">
              {rejection.correct[language]}
            </Text>
          </div>
        ),
    },
    ...amounts,
    {
      key: 'receivedAt',
      head: texts.receivedAt,
      sortBy: ({ receivedAt }) => receivedAt,
      cell: ({ receivedAt }) => dates.instant(receivedAt),
    },
  ];
}

function useAmountColumns(): Column<ListedClaim>[] {
  const { claims: texts, payers } = useClaimTexts();
  const euros = useEuros();
  const amount = (cents: number | undefined) => (
    <span className="figures amount">{cents === undefined ? '–' : euros(cents)}</span>
  );
  return [
    {
      key: 'price',
      head: texts.price,
      sortBy: ({ priceCents }) => priceCents,
      cell: ({ priceCents }) => amount(priceCents),
    },
    {
      key: 'complementary',
      head: payers.complementary,
      sortBy: ({ totals }) => totals?.complementaryCents ?? -1,
      cell: ({ totals }) => amount(totals?.complementaryCents),
    },
    {
      key: 'person',
      head: payers.person,
      sortBy: ({ totals }) => totals?.personCents ?? -1,
      cell: ({ totals }) => amount(totals?.personCents),
    },
  ];
}
