import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';

type Answer = Api['GET /v1/guard/cases']['answer'];
export type Case = Answer['cases'][number];
export type CasePart = keyof Answer['next'];

const parts = ['open', 'watching', 'ended'] as const satisfies readonly CasePart[];

/**
 * Cases, as many pages of each part as the address of the page says, so that whoever comes back from a case
 * finds them again. They are always read from the beginning: what came, grew or ended meanwhile stands where
 * it belongs.
 */
export function useCases() {
  const [address, setAddress] = useSearchParams();
  const pages = parts.map((part) => pagesOf(address, part));
  const found = useQuery({
    queryKey: ['guard', 'cases', pages],
    queryFn: () => readPages(pages),
    placeholderData: keepPreviousData,
    // A professional may be waiting with a queue.
    refetchInterval: 10_000,
  });
  const showMore = (part: CasePart) => {
    if (found.isPlaceholderData) return;
    const more = { ...Object.fromEntries(address), [part]: String(pagesOf(address, part) + 1) };
    setAddress(more, { replace: true, preventScrollReset: true });
  };
  return { found, showMore };
}

/** An address with more is somebody's joke: whoever looks further asks for an account, or the route. */
const pagesMost = 20;

function pagesOf(address: URLSearchParams, part: CasePart): number {
  const pages = Number(address.get(part));
  return Number.isInteger(pages) && pages > 1 ? Math.min(pages, pagesMost) : 1;
}

type Read = Answer & { readonly trouble: unknown };

/** Before anything was read. */
export const nothing: Read = {
  ...{ cases: [], trouble: null },
  counts: { open: 0, watching: 0, ended: 0 },
  next: { open: null, watching: null, ended: null },
};

/** When a page further down does not come, those before are shown, and the trouble. */
async function readPages(pages: readonly number[]): Promise<Read> {
  const { cases, counts, next } = (await call('GET /v1/guard/cases', { query: {} })).body;
  const whole = { cases: [...cases], counts, next: { ...next }, trouble: null as unknown };
  try {
    for (const [at, part] of parts.entries())
      for (let page = 1; page < (pages[at] ?? 1); page += 1) {
        const after = whole.next[part];
        if (after === null) break;
        const { body } = await call('GET /v1/guard/cases', { query: { after } });
        whole.cases.push(...body.cases);
        whole.next[part] = body.next[part];
      }
    for (const [at, part] of parts.entries()) if (pages[at] === pagesMost) whole.next[part] = null;
  } catch (trouble) {
    whole.trouble = trouble;
  }
  return whole;
}
