import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';

/** What trying a document found. */
export type Trial = Api['POST /v1/plan-trials']['answer'];

/** So long after the last key, the document is tried. */
const pauseMs = 500;

/**
 * Tries a document as it is typed. A document says nothing of anybody: the answer may be kept for a while.
 */
export function useTrial(document: string, care?: string) {
  const [settled] = useDebouncedValue({ document, care }, pauseMs);
  const tried = useQuery({
    queryKey: ['plan-trial', settled.document, settled.care],
    queryFn: async () => (await call('POST /v1/plan-trials', { body: withCare(settled) })).body,
    enabled: settled.document.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const [readable, setReadable] = useState<Trial | null>(null);
  const { data } = tried;
  useEffect(() => {
    if (data !== undefined && data.plan !== null) setReadable(data);
  }, [data]);
  const isBehind = tried.isFetching || settled.document !== document || settled.care !== care;
  return { ...tried, isBehind, readable };
}

function withCare({ document, care }: { document: string; care: string | undefined }) {
  return care === undefined || care.trim() === '' ? { document } : { document, care };
}
