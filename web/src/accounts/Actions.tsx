import { Alert, Button, Code, CopyButton, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import type { Session } from '../api/session.ts';
import type { Api } from '../api/types.d.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ReasonDialog } from '../frame/ReasonDialog.tsx';
import { useTexts } from '../texts/language.tsx';
import { countLive, usualLookups } from './live-figures.ts';

type Page = Api['GET /v1/accounts/{account}']['answer'];
type Invitation = Api['POST /v1/accounts/{account}/invitations']['answer'];

/** What can be done to an account, and the permission each asks for. */
const actions = {
  invitations: 'invite-holder',
  'sessions/end': 'end-sessions',
  allowance: 'change-allowance',
  reinstatement: 'reinstate-account',
  suspension: 'suspend-account',
} as const;
type Action = keyof typeof actions;

/** One button an action; what is not allowed is shown, disabled, with the reason. */
export function Actions(props: { readonly page: Page; readonly permissions: Session['permissions'] }) {
  const { page, permissions } = props;
  const { account: texts } = useTexts();
  const [asked, ask] = useState<Action | null>(null);
  const isOpen = page.standing === 'open';
  const fits = (action: Action) =>
    action === 'reinstatement'
      ? !isOpen
      : action === 'suspension'
        ? page.standing !== 'suspended'
        : action !== 'allowance' || page.allowance.cap > 0;
  return (
    <Group gap="xs">
      {(Object.keys(actions) as Action[]).filter(fits).map((action) => {
        const isAllowed = permissions.includes(actions[action]);
        return (
          <Button
            key={action}
            variant={action === 'suspension' ? 'outline' : 'default'}
            {...(action === 'suspension' ? { color: 'danger' } : {})}
            disabled={!isAllowed}
            title={isAllowed ? undefined : texts.notAllowed}
            onClick={() => ask(action)}
          >
            {texts.actions[action]}
          </Button>
        );
      })}
      {asked !== null && <ActionDialog action={asked} page={page} close={() => ask(null)} />}
    </Group>
  );
}

function ActionDialog(props: { readonly action: Action; readonly page: Page; readonly close: () => void }) {
  const { action, page, close } = props;
  const { account: texts } = useTexts();
  const queries = useQueryClient();
  const [cap, setCap] = useState<string | number>(page.allowance.cap);
  const [invitation, show] = useState<Invitation | null>(null);
  const act = async (why: string) => {
    const made = await perform(action, page.account, { why, cap: Number(cap) });
    await queries.invalidateQueries({ queryKey: ['account'] });
    if (made === null) close();
    else show(made);
  };
  if (invitation !== null)
    return (
      <Dialog close={close} title={texts.actions[action]}>
        <ShownOnce invitation={invitation} />
      </Dialog>
    );
  return (
    <ReasonDialog
      title={texts.actions[action]}
      effect={<Effect action={action} page={page} />}
      act={texts.actions[action]}
      help={action === 'sessions/end' ? null : texts.whyHelp}
      isDangerous={action === 'suspension'}
      perform={act}
      close={close}
    >
      {action === 'allowance' && (
        <NumberInput label={texts.cap} min={1} value={cap} onChange={setCap} hideControls />
      )}
    </ReasonDialog>
  );
}

/** What an action does; where it stops or gives back work, how much. */
function Effect({ action, page }: { readonly action: Action; readonly page: Page }) {
  const { account: texts } = useTexts();
  const { sessions, software } = countLive(page, Date.now());
  const usual = usualLookups(page.days);
  const endsSomething = action === 'suspension' || action === 'sessions/end';
  const changesWork = action === 'suspension' || action === 'reinstatement';
  return (
    <div>
      <Text>{texts.effects[action]}</Text>
      {endsSomething && <Text>{texts.endsNow(sessions, software)}</Text>}
      {changesWork && usual !== null && <Text>{texts.usualDay(usual)}</Text>}
    </div>
  );
}

function ShownOnce({ invitation: { link, code } }: { readonly invitation: Invitation }) {
  const { account: texts } = useTexts();
  const parts = [
    [texts.link, `${window.location.origin}/enrol#${link}`],
    [texts.code, code],
  ] as const;
  return (
    <Stack>
      <Alert color="attention" title={texts.once} />
      {parts.map(([name, value]) => (
        <div key={name}>
          <Text fw={600}>{name}</Text>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {value}
          </Code>
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="subtle" onClick={copy}>
                {copied ? '✓' : texts.copy}
              </Button>
            )}
          </CopyButton>
        </div>
      ))}
    </Stack>
  );
}

async function perform(
  action: Action,
  number: number,
  { why, cap }: { why: string; cap: number },
): Promise<Invitation | null> {
  const path = { account: String(number) };
  if (action === 'invitations') {
    return (await call('POST /v1/accounts/{account}/invitations', { path, body: { why } })).body;
  }
  if (action === 'sessions/end') await call('POST /v1/accounts/{account}/sessions/end', { path, body: {} });
  else if (action === 'suspension')
    await call('POST /v1/accounts/{account}/suspension', { path, body: { why } });
  else if (action === 'reinstatement') {
    await call('POST /v1/accounts/{account}/reinstatement', { path, body: { why } });
  } else await call('POST /v1/accounts/{account}/allowance', { path, body: { cap, why } });
  return null;
}
