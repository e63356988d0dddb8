import { Button, Code, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { TableHead } from '../frame/TableHead.tsx';
import { useDates, useNumbers, useTexts } from '../texts/language.tsx';
import { CallSheet } from './CallSheet.tsx';

type Call = Api['GET /v1/sandbox/calls']['answer']['calls'][number];
const everyMs = 1_000;
const columns = 6;

/** The last calls of software, as they come; one of them opened. */
export function Calls() {
  const { sandbox: texts } = useTexts();
  const [opened, open] = useState<number | null>(null);
  const found = useQuery({
    queryKey: ['sandbox-calls'],
    queryFn: async () => (await call('GET /v1/sandbox/calls')).body.calls,
    refetchInterval: everyMs,
  });
  const calls = found.data ?? [];
  const heads = [texts.at, texts.call, texts.answer, texts.entry, texts.took];
  return (
    <section aria-labelledby="calls">
      <Title order={2} size="h4" id="calls" mb="xs">
        {texts.calls}
      </Title>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data !== undefined && calls.length === 0 && <Nothing />}
      {calls.length > 0 && (
        <Table.ScrollContainer type="native" tabIndex={0} minWidth={0} className="sheet">
          <Table verticalSpacing="xs" className="stacks" aria-label={texts.calls}>
            <TableHead heads={heads}>
              <Table.Td />
            </TableHead>
            <Table.Tbody>
              {calls.map((one) => (
                <Fragment key={one.call}>
                  <Row
                    call={one}
                    isOpen={one.call === opened}
                    turn={() => open(one.call === opened ? null : one.call)}
                  />
                  {one.call === opened && (
                    <Table.Tr>
                      <Table.Td colSpan={columns}>
                        <CallSheet call={one.call} />
                      </Table.Td>
                    </Table.Tr>
                  )}
                </Fragment>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Text size="sm" mt="xs" className="quiet">
        {texts.kept}
      </Text>
    </section>
  );
}

function Row(props: { readonly call: Call; readonly isOpen: boolean; readonly turn: () => void }) {
  const { call: one, isOpen, turn } = props;
  const { sandbox: texts } = useTexts();
  const dates = useDates();
  const numbers = useNumbers();
  const named = isOpen ? texts.closeNamed : texts.openNamed;
  return (
    <Table.Tr>
      <Table.Td data-head={texts.at} className="figures">
        {dates.second(one.at)}
      </Table.Td>
      <Table.Td data-head={texts.call} className="breaks">
        <b>{one.method}</b> {one.path}
      </Table.Td>
      <Table.Td data-head={texts.answer}>
        <span className="figures">{one.status}</span> {one.code !== null && <Code>{one.code}</Code>}
      </Table.Td>
      <Table.Td data-head={texts.entry} className="figures">
        {one.entry ?? texts.none}
      </Table.Td>
      <Table.Td data-head={texts.took} className="figures">
        {texts.ms(numbers(one.ms))}
      </Table.Td>
      <Table.Td>
        <Button
          variant="default"
          size="compact-md"
          aria-expanded={isOpen}
          aria-label={named(one.method, one.path)}
          onClick={turn}
        >
          {isOpen ? texts.close : texts.open}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function Nothing() {
  const { sandbox: texts } = useTexts();
  return (
    <div className="sheet">
      <Text mb="xs">{texts.noCalls}</Text>
      <Code block tabIndex={0} role="region" aria-label={texts.command} style={{ overflow: 'auto' }}>
        {commands}
      </Code>
    </div>
  );
}

/** As docs/operating/sandbox.md has them. */
const commands = `CLIENT=$(node -p "require('./keys/demo.json').client")
npx vigie connect --client $CLIENT --key keys/demo-key.json`;
