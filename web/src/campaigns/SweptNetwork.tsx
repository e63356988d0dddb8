import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Problem } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { Dialog } from '../frame/Dialog.tsx';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { ReasonDialog } from '../frame/ReasonDialog.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useTexts } from '../texts/language.tsx';
import type { Sweep } from './Sweeps.tsx';

type Network = Sweep['networks'][number];

/** A network that a sweep looked for: who else was there, what became of it, and a way to block it. */
export function SweptNetwork({ sweep, of }: { readonly sweep: Sweep; readonly of: Network }) {
  const { sweeps: texts, networks: words } = useGuardTexts();
  const [isAsked, ask] = useState(false);
  const { network, others, became } = of;
  const isRunning = sweep.endedAt === null;
  return (
    <Group gap="xs" align="baseline">
      <Text size="sm">{texts.network(network, { others, became: isRunning ? 'running' : became })}</Text>
      {!isRunning && became !== 'blocked' && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={words.blockNamed(network)}
          onClick={() => ask(true)}
        >
          {words.blockAsk}
        </Button>
      )}
      {isAsked && <BlockDialog sweep={sweep.sweep} network={network} close={() => ask(false)} />}
    </Group>
  );
}

/** Counts who speaks against it first: where somebody does, it says who, and asks for nothing. */
function BlockDialog(props: {
  readonly sweep: string;
  readonly network: number;
  readonly close: () => void;
}) {
  const { sweep, network, close } = props;
  const { networks: texts, case: words } = useGuardTexts();
  const queries = useQueryClient();
  const path = { sweep, network: String(network) };
  const found = useQuery({
    queryKey: ['guard', 'sweep', sweep, 'network', network, 'effect'],
    queryFn: async () =>
      (await call('GET /v1/guard/sweeps/{sweep}/networks/{network}/effect', { path })).body,
    staleTime: 0,
  });
  const block = async (why: string) => {
    try {
      await call('POST /v1/guard/sweeps/{sweep}/networks/{network}/block', { path, body: { why } });
    } catch (error) {
      // Somebody came meanwhile: counted again, it says who.
      if (error instanceof Problem && error.status === 409) await found.refetch();
      throw error;
    }
    close();
    await queries.invalidateQueries({ queryKey: ['guard'] });
  };
  const title = texts.blockTitle(network);
  if (found.data === undefined || found.data.state !== 'free')
    return (
      <Dialog title={title} close={close}>
        {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
        {found.isPending && <Text>{words.counting}</Text>}
        {found.data !== undefined && <Refusal of={found.data} close={close} />}
      </Dialog>
    );
  return (
    <ReasonDialog
      title={title}
      effect={
        <List spacing="xs">
          {texts.blockEffect(found.data.days, found.data.stolen).map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      }
      act={texts.block}
      help={words.whyHelp}
      isDangerous
      perform={block}
      close={close}
    />
  );
}

type Effect = Api['GET /v1/guard/sweeps/{sweep}/networks/{network}/effect']['answer'];

function Refusal({ of, close }: { readonly of: Effect; readonly close: () => void }) {
  const { networks: texts } = useGuardTexts();
  const { frame } = useTexts();
  const { state, accounts, organisations } = of;
  if (state === 'free') return null;
  const lines = state === 'used' ? texts.used(accounts, organisations) : [texts.states[state]];
  return (
    <Stack>
      {lines.map((line) => (
        <Text key={line}>{line}</Text>
      ))}
      <Group>
        <Button variant="default" onClick={close} data-autofocus>
          {frame.close}
        </Button>
      </Group>
    </Stack>
  );
}
