import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';

/** What a demo tells of its replays. */
export type ReplayState = Api['GET /v1/replay']['answer'];

/** While a theft goes on, and else. */
const lookEveryMs = [500, 5_000] as const;

/** The replay of this demo, asked again while somebody looks; every other house answers 404. */
export function useReplay() {
  return useQuery({
    queryKey: ['replay'],
    queryFn: async () => (await call('GET /v1/replay')).body,
    refetchInterval: ({ state: { data } }) => data !== undefined && lookEveryMs[isUnderWay(data) ? 0 : 1],
    retry: false,
  });
}

/** Whether a theft goes on. */
export function isUnderWay(state: ReplayState | undefined): boolean {
  const phase = state?.replay?.phase;
  return phase === 'preparing' || phase === 'playing';
}
