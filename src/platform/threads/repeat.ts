/** Work that goes on in the background until it is stopped. */
export type Repeated = { wake(): void; stop(): Promise<void> };

/** How something is done again. */
export type Repeating = {
  /** How long it rests when nobody wakes it. */
  readonly everyMs: number;
  /** How long it rests though it was woken while it worked: what arrives meanwhile is done together. */
  readonly pauseMs?: number;
  readonly onError: (error: unknown) => void;
};

/** Does something again and again: at once while there is more to do, else after a while or when woken. */
export function repeat(work: (isStopping: () => boolean) => Promise<boolean>, how: Repeating): Repeated {
  let stopping = false;
  let woken = false;
  let isPausing = false;
  let rouse = () => {};
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const going = (async () => {
    while (!stopping) {
      woken = false;
      const isMore = await work(() => stopping).catch((error: unknown) => {
        if (!stopping) how.onError(error);
        return false;
      });
      if (isMore || stopping) continue;
      isPausing = woken;
      await rest(isPausing ? (how.pauseMs ?? 0) : how.everyMs);
      isPausing = false;
    }
  })();
  return {
    wake() {
      woken = true;
      if (!isPausing) rouse();
    },
    async stop() {
      stopping = true;
      rouse();
      await going;
    },
  };
}
