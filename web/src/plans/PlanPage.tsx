import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useBlocker, useNavigate, useOutletContext, useSearchParams } from 'react-router';
import { call } from '../api/call.ts';
import type { Session } from '../api/session.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { useInsurerTexts } from '../texts/insurer.ts';
import { DocumentField, goToLine } from './DocumentField.tsx';
import { Examples } from './Examples.tsx';
import { OwnCare } from './OwnCare.tsx';
import { type Counting, Preview } from './Preview.tsx';
import { type Base, PublishDialog } from './PublishDialog.tsx';
import { Findings, Reading } from './TrialPanel.tsx';
import { type Trial, useTrial } from './use-trial.ts';
import './plans.css';

/** Writes a plan, from a version that was published or from nothing. */
export function PlanPage() {
  const { edit: texts } = useInsurerTexts();
  const [address] = useSearchParams();
  const plan = address.get('plan') ?? '';
  const from = address.get('from') ?? '';
  const base = useQuery({
    queryKey: ['plan', plan, from],
    queryFn: async () =>
      (await call('GET /v1/plans/{plan}', { path: { plan }, query: from === '' ? {} : { from } })).body,
    enabled: plan !== '',
    // Read once: what is written here must not change under the hands of who writes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (base.isError) return <ProblemNotice error={base.error} again={() => void base.refetch()} />;
  if (plan !== '' && base.data === undefined) return null;
  const key = `${plan}|${from}`;
  return (
    <PlanEditor
      key={key}
      name={plan}
      base={base.data ?? null}
      start={base.data?.document ?? texts.template}
    />
  );
}

type Start = { readonly name: string; readonly base: Base | null; readonly start: string };

function PlanEditor({ name, base, start }: Start) {
  const { edit: texts } = useInsurerTexts();
  const field = useRef<HTMLTextAreaElement>(null);
  const [document, setDocument] = useState(start);
  const [care, setCare] = useState<string>();
  const trial = useTrial(document, care);
  const before = useTrial(base?.document ?? '').readable;
  const counting: Counting = useMutation({
    mutationFn: async (counted: string) =>
      (await call('POST /v1/plan-previews', { body: { document: counted } })).body,
  });
  const wrongLines = trial.data?.problems.flatMap(({ line }) => line ?? []) ?? [];
  const isRead = trial.data?.plan != null && !trial.isBehind;
  return (
    <Stack className="plan-desk">
      <Head name={name} document={document} base={base} {...{ trial, before, counting, start }} />
      {trial.isError && <ProblemNotice error={trial.error} again={() => void trial.refetch()} />}
      <div className="plan-columns">
        <DocumentField {...{ field, wrongLines }} text={document} change={setDocument} toldIn="reading" />
        <Stack gap="md">
          <Reading
            trial={trial.data}
            isBehind={trial.isBehind}
            goTo={(line) => goToLine(field.current, line)}
          />
          {trial.readable !== null && (
            <div className={isRead ? undefined : 'behind'}>
              {trial.data?.plan === null && <Text size="sm">{texts.keepsOld}</Text>}
              <Stack gap="md">
                <Examples trial={trial.readable} before={before} />
                <Findings findings={trial.readable.findings} />
              </Stack>
            </div>
          )}
          <Preview counting={counting} document={document} canCount={isRead} />
          {trial.readable !== null && <OwnCare care={care} change={setCare} trial={trial.readable} />}
        </Stack>
      </div>
    </Stack>
  );
}

type HeadProps = Start & {
  readonly document: string;
  readonly trial: ReturnType<typeof useTrial>;
  readonly before: Trial | null;
  readonly counting: Counting;
};

function Head({ name, base, start, document, trial, before, counting }: HeadProps) {
  const { edit: texts, publish } = useInsurerTexts();
  const { permissions } = useOutletContext<Session>();
  const navigate = useNavigate();
  const [isAsked, ask] = useState(false);
  const isPublished = useRef(false);
  const isChanged = document !== start;
  const read = trial.data;
  const plan = read?.plan ?? null;
  const why = !permissions.includes('publish-plan')
    ? publish.notAllowed
    : plan === null || trial.isBehind
      ? texts.publishUnread
      : base !== null && !isChanged
        ? texts.publishSame
        : null;
  return (
    <>
      <Text size="sm">
        <Link to="/plans">← {texts.back}</Link>
      </Text>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {base === null ? texts.title : texts.titleOf(name)}
        </Title>
        <Button disabled={why !== null} title={why ?? undefined} onClick={() => ask(true)}>
          {texts.publish}
        </Button>
      </Group>
      {isAsked && read !== undefined && plan !== null && (
        <PublishDialog
          trial={{ ...read, plan }}
          preview={counting.variables === document ? (counting.data ?? null) : null}
          {...{ document, base, before }}
          close={() => ask(false)}
          done={(published) => {
            isPublished.current = true;
            void navigate('/plans', { state: { published } });
          }}
        />
      )}
      <Leaving isUnsaved={() => isChanged && !isPublished.current} />
    </>
  );
}

/** What was written is kept nowhere: leaving asks first. */
function Leaving({ isUnsaved }: { readonly isUnsaved: () => boolean }) {
  const { edit: texts } = useInsurerTexts();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    return isUnsaved() && currentLocation.pathname !== nextLocation.pathname;
  });
  useEffect(() => {
    const stop = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault();
    };
    window.addEventListener('beforeunload', stop);
    return () => window.removeEventListener('beforeunload', stop);
  });
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog close={blocker.reset} title={texts.leaveTitle}>
      <Stack>
        <Text>{texts.leaveSays}</Text>
        <Group>
          <Button onClick={blocker.reset} data-autofocus>
            {texts.stay}
          </Button>
          <Button variant="default" onClick={blocker.proceed}>
            {texts.leave}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
