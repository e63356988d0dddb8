type Waiting<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Does one thing for many callers at once: what arrives while the work goes on is the next work's. The work
 * gives one result an item, in their order; what it throws, each of its callers hears.
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;
  const drain = async () => {
    while (waiting.length > 0) {
      const some = waiting.splice(0, most);
      try {
        const results = await work(some.map(({ item }) => item));
        some.forEach(({ resolve }, place) => {
          resolve(results[place] as Result);
        });
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    isRunning = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      // A turn later: what arrived together shares the first work too.
      setImmediate(() => void drain());
    });
}
