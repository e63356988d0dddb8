import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Answered, call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';

/** What a quote asks. */
export type QuoteBody = Api['POST /v1/quotes']['body'];
/** A quote as it was told, and the entry that was written first. */
export type Quoted = Answered<'POST /v1/quotes'>;

type Asked = { readonly told?: Quoted; readonly error?: unknown };

/** A quote of what is typed now; the last one while it is being counted. */
export type LiveQuote = {
  /** The quote of exactly what is typed, or null. */
  readonly now: Quoted | null;
  /** The last quote that was told, of this or of something before it. */
  readonly last: Quoted | null;
  readonly isCounting: boolean;
  readonly error: unknown;
  readonly ask: () => void;
  /** After a promise is cancelled its quote is spent: the same content is quoted anew. */
  readonly forget: () => void;
};

const pauseMs = 600;

/**
 * Quotes what is typed. Each quote is recorded and kept by the server, so it is asked for at a pause of
 * typing, and never twice for the same content. Without `isLive` somebody has to ask.
 */
export function useQuote(body: QuoteBody | null, isLive: boolean): LiveQuote {
  const queries = useQueryClient();
  const content = body === null ? null : JSON.stringify(body);
  const sent = useRef(new Set<string>());
  const [asked, setAsked] = useState<ReadonlyMap<string, Asked>>(new Map());
  const [last, setLast] = useState<Quoted | null>(null);
  const ask = useCallback(
    async (text: string) => {
      if (sent.current.has(text)) return;
      sent.current.add(text);
      setAsked((before) => new Map(before).set(text, {}));
      try {
        const told = await call('POST /v1/quotes', { body: JSON.parse(text) as QuoteBody });
        setAsked((before) => new Map(before).set(text, { told }));
        setLast(told);
      } catch (error) {
        sent.current.delete(text);
        setAsked((before) => new Map(before).set(text, { error }));
      }
      void queries.invalidateQueries({ queryKey: ['own'] });
    },
    [queries],
  );
  const known = content === null ? undefined : asked.get(content);
  const isNew = content !== null && known === undefined;
  useEffect(() => {
    if (!isLive || !isNew || content === null) return;
    const timer = setTimeout(() => void ask(content), pauseMs);
    return () => clearTimeout(timer);
  }, [ask, content, isLive, isNew]);
  const now = known?.told ?? null;
  return {
    ...{ now, last: now ?? last, error: known?.error ?? null },
    isCounting:
      content !== null && (known === undefined ? isLive : now === null && known.error === undefined),
    ask: () => void (content !== null && ask(content)),
    forget() {
      sent.current.clear();
      setAsked(new Map());
    },
  };
}
