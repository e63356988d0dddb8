/** Work that goes on in the background until it is stopped. */
export type Repeated = { wake(): void; stop(): Promise<void> };

/** Does something again and again: at once while there is more to do, else after a while or when woken. */
export function repeat(
  work: (isStopping: () => boolean) => Promise<boolean>,
  how: { readonly everyMs: number; readonly onError: (error: unknown) => void },
): Repeated {
  let stopping = false;
  let woken = false;
  let rouse = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, how.everyMs);
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
      if (!isMore && !woken && !stopping) await rest();
    }
  })();
  return {
    wake() {
      woken = true;
      rouse();
    },
    async stop() {
      stopping = true;
      rouse();
      await going;
    },
  };
}
