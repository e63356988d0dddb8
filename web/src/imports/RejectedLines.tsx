import { Button, Group, Text, Title } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { writeCsv } from '../accounts/write-csv.ts';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { type Column, SortableTable } from '../frame/SortableTable.tsx';
import { say, useInsurerTexts } from '../texts/insurer.ts';
import { useNumbers } from '../texts/language.tsx';

type Line = Api['GET /v1/insurer-imports/{id}/rejected']['answer']['lines'][number];

/**
 * The lines of a file that did not go in, fifty at a time: numbers and reasons, for nothing else was kept.
 */
export function RejectedLines({ id, close }: { readonly id: number; readonly close: () => void }) {
  const { imports: texts } = useInsurerTexts();
  const [after, setAfter] = useState(0);
  const title = useRef<HTMLHeadingElement>(null);
  const found = useQuery({
    queryKey: ['rejected', id, after],
    queryFn: async () =>
      (
        await call('GET /v1/insurer-imports/{id}/rejected', {
          path: { id: String(id) },
          query: { after: String(after) },
        })
      ).body,
    placeholderData: keepPreviousData,
  });
  // Opened by a button far above: who reads with ears or by keyboard goes on here.
  useEffect(() => title.current?.focus(), []);
  const lines = found.data?.lines ?? [];
  const next = found.data?.next ?? null;
  return (
    <section>
      <Group justify="space-between">
        <Title order={2} size="h4" ref={title} tabIndex={-1}>
          {texts.rejectedOf(id)}
        </Title>
        <Button variant="default" size="compact-sm" onClick={close}>
          {texts.close}
        </Button>
      </Group>
      <Text size="sm" className="quiet" mb="xs">
        {texts.rejectedSay}
      </Text>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data !== undefined && lines.length === 0 && <Text className="sheet">{texts.gone}</Text>}
      {lines.length > 0 && <LineTable lines={lines} label={texts.rejectedOf(id)} />}
      <Group mt="sm">
        {after > 0 && (
          <Button variant="default" onClick={() => setAfter(0)}>
            {texts.first}
          </Button>
        )}
        {next !== null && (
          <Button variant="default" onClick={() => setAfter(next)}>
            {texts.next}
          </Button>
        )}
        {lines.length > 0 && <CopyCsv lines={lines} />}
      </Group>
    </section>
  );
}

function LineTable({ lines, label }: { readonly lines: readonly Line[]; readonly label: string }) {
  const { imports: texts } = useInsurerTexts();
  const numbers = useNumbers();
  const reasonOf = useReasons();
  const columns: Column<Line>[] = [
    {
      ...{ key: 'line', head: texts.line, sortBy: ({ line }) => line },
      cell: ({ line }) => <span className="figures">{numbers(line)}</span>,
    },
    {
      ...{ key: 'column', head: texts.column, sortBy: ({ column }) => column ?? '' },
      cell: ({ column }) => (column === null ? texts.whole : <code>{column}</code>),
    },
    {
      ...{ key: 'found', head: texts.found, sortBy: ({ valueClass }) => valueClass },
      cell: ({ valueClass }) => say(texts.classes, valueClass, (part) => part) ?? valueClass,
    },
    {
      key: 'reason',
      head: texts.reason,
      sortBy: ({ reason }) => reason,
      cell: (one) => reasonOf(one.reason),
    },
  ];
  return (
    <SortableTable columns={columns} rows={lines} rowKey={({ line }) => line} label={label} minWidth={560} />
  );
}

/** Why a line did not go in, in words; a code without any stays as it is. */
function useReasons(): (reason: string) => string {
  const { imports: texts } = useInsurerTexts();
  return (reason) => {
    const [code = '', line = ''] = reason.split(':');
    if (code === 'another-line-of-this-person') return texts.anotherLine(line);
    return texts.reasons[code] ?? reason;
  };
}

function CopyCsv({ lines }: { readonly lines: readonly Line[] }) {
  const { imports: texts } = useInsurerTexts();
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Button variant="subtle" onClick={() => clipboard.copy(writeCsv(lines.map((line) => ({ ...line }))))}>
      {clipboard.copied ? texts.copied : texts.csv}
    </Button>
  );
}
