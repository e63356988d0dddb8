/**
 * What is told of people is recorded each time: nothing is read again by itself, and nothing is kept once
 * the page is left.
 */
export const toldOnce = {
  ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  ...{ refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false },
} as const;
