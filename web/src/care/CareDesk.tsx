import { Button, Grid, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useEffect } from 'react';
import { useOutletContext } from 'react-router';
import type { Session } from '../api/session.ts';
import { useClaimTexts } from '../texts/claims.ts';
import { ActsSheet } from './ActsSheet.tsx';
import { CareContext } from './CareContext.tsx';
import { ClaimActions } from './ClaimActions.tsx';
import { ClaimFields } from './ClaimFields.tsx';
import { ClaimFollow, Rejected } from './ClaimFollow.tsx';
import { PersonFields } from './PersonFields.tsx';
import { PrintedQuote } from './PrintedQuote.tsx';
import { QuoteActions } from './QuoteActions.tsx';
import { SharesPanel } from './SharesPanel.tsx';
import { SharesTable } from './SharesTable.tsx';
import { type Desk, type DeskStart, type DeskWish, useCareDesk } from './use-care-desk.ts';

type Props = {
  readonly start: DeskStart;
  readonly wish: DeskWish;
  /** Whether it is in front; behind something else it keeps what was typed. */
  readonly isShown?: boolean;
  /** Leaves the desk, and what it says. */
  readonly close: () => void;
  readonly closeLabel: string;
  /** After a claim was sent: on to somebody else. */
  readonly next: () => void;
};

/** Care of one person, quoted as it is typed, promised, and invoiced. Nothing of it outlives the page. */
export function CareDesk({ start, wish, isShown = true, close, closeLabel, next }: Props) {
  const session = useOutletContext<Session>();
  const desk = useCareDesk(start, wish);
  useEffect(() => {
    if (isShown) window.scrollTo({ top: 0 });
  }, [isShown]);
  const { send, mode } = desk;
  if (send.data !== undefined) {
    return <ClaimFollow claim={send.data} correct={desk.correct} next={next} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (mode === 'claim') desk.submit();
  };
  return (
    // A quote is printed on a page of its own.
    <div hidden={!isShown} className={mode === 'quote' ? 'no-print' : undefined}>
      <Head desk={desk} start={start} close={close} closeLabel={closeLabel} session={session} />
      {desk.rejection !== null && (
        <div className="after-head">
          <Rejected rejection={desk.rejection} />
        </div>
      )}
      <Grid gap="lg" mt="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <form id="care" onSubmit={submit} autoComplete="off" noValidate>
            <Stack gap="md">
              <Typed desk={desk} start={start} profession={session.profession} />
            </Stack>
          </form>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md" className="sticks">
            <SharesPanel
              quote={desk.quote}
              promised={desk.promised}
              isNamed={desk.person !== null}
              isComplete={desk.person !== null && desk.read.quoted !== null}
              isLive={desk.isLive}
              isByPromise={mode === 'claim' && desk.promised === null && desk.care.engagement !== ''}
            />
            {mode === 'quote' ? <QuoteActions desk={desk} /> : <ClaimActions desk={desk} />}
          </Stack>
        </Grid.Col>
      </Grid>
      {mode === 'quote' && isShown && <PrintedQuote desk={desk} session={session} />}
    </div>
  );
}

function Head(props: {
  readonly desk: Desk;
  readonly start: DeskStart;
  readonly session: Session;
  readonly close: () => void;
  readonly closeLabel: string;
}) {
  const { desk, start, session, close, closeLabel } = props;
  const { desk: texts, engagements } = useClaimTexts();
  const title =
    desk.replaces !== null
      ? texts.correcting
      : start.promised !== null
        ? engagements.invoicing(start.promised.engagement)
        : texts.title[desk.mode];
  const canChoose = start.person !== null && desk.replaces === null;
  return (
    <Group justify="space-between" align="flex-start">
      <div>
        <Title order={1} size="h2">
          {title}
        </Title>
        {start.person !== null && <Text className="quiet">{texts.forPerson}</Text>}
      </div>
      <Group>
        {canChoose && (
          <SegmentedControl
            classNames={{ root: 'modes', indicator: 'mode' }}
            aria-label={texts.mode}
            value={desk.mode}
            onChange={(mode) => desk.setMode(mode === 'claim' ? 'claim' : 'quote')}
            data={(['quote', 'claim'] as const).map((value) => ({
              ...{ value, label: texts.title[value] },
              disabled: !session.permissions.includes(value),
            }))}
          />
        )}
        <Button variant="default" onClick={close}>
          {closeLabel}
        </Button>
      </Group>
    </Group>
  );
}

/** What is typed, in the order in which it is known at a counter. */
function Typed({ desk, start, profession }: { desk: Desk; start: DeskStart; profession: string }) {
  const { shares: texts } = useClaimTexts();
  const { care, read, mode, isStrict, promised, change, quote } = desk;
  // What was promised is not changed any more, only invoiced.
  const isClosed = promised !== null && mode === 'quote';
  const shown = promised ?? (quote.now === null || read.quoted === null ? null : quote.now.body);
  const acts = promised?.acts ?? read.quoted?.acts ?? [];
  const { careDate, ...wrongOfClaim } = read.problems;
  const isDayWrong = careDate === 'day' || (careDate === 'future' && mode === 'claim');
  const wrong = { ...wrongOfClaim, ...(isDayWrong && careDate !== undefined ? { careDate } : {}) };
  return (
    <>
      {start.person === null && (
        <PersonFields typed={desk.typedPerson} change={desk.typePerson} isStrict={isStrict} />
      )}
      {!isClosed && (
        <>
          <ActsSheet
            {...{ care, read, profession, isStrict, change }}
            isFirst={start.person !== null && start.care.lines.length === 0}
          />
          <CareContext {...{ care, profession, wrong, change }} />
        </>
      )}
      {mode === 'claim' && (
        <ClaimFields {...{ care, wrong, isStrict, change }} isPromised={promised !== null} />
      )}
      {shown !== null && shown.shares.length > 0 && (
        <section className="sheet">
          <Title order={2} size="h4" mb="xs">
            {texts.perLine}
          </Title>
          <SharesTable acts={acts} shares={shown.shares} />
        </section>
      )}
    </>
  );
}
