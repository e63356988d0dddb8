/** A database killed at the wrong instant leaves a statement without an end: nobody waits for it longer. */
export const sharedPatienceMs = 4_000;

type Waiting<Asked, Told> = {
  readonly asked: Asked;
  readonly resolve: (told: Told) => void;
  readonly reject: (error: unknown) => void;
};

/** A statement that answers many questions. */
export type Shared<Asked, Told> = {
  /** As many questions as it takes well. */
  readonly most: number;
  /** Questions of the same name share no statement; without it, any do. */
  readonly nameOf?: (asked: Asked) => string;
  /** Gives an answer for each question, in their order. */
  readonly tell: (asked: readonly Asked[]) => Promise<readonly Told[]>;
};

/**
 * Turns a statement that answers many questions into a function that answers one: what is asked while a
 * statement is under way shares the next, so that each costs a part of one. A statement begins after
 * every question it answers. One that fails takes those that wait for the next with it: a silent database
 * must not be waited for twice.
 */
export function shareStatement<Asked, Told>({ most, nameOf, tell }: Shared<Asked, Told>) {
  let waiting: Waiting<Asked, Told>[] = [];
  let isRunning = false;
  const drain = async () => {
    while (waiting.length > 0) {
      const batch = nameOf ? takeDistinct(waiting, most, nameOf) : new Set(waiting.slice(0, most));
      waiting = waiting.filter((one) => !batch.has(one));
      if (await answer([...batch], tell)) continue;
      const failed = waiting;
      waiting = [];
      for (const { reject } of failed) reject(new Error('the statement before this one failed'));
    }
    isRunning = false;
  };
  return (asked: Asked): Promise<Told> =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      queueMicrotask(() => void drain());
    });
}

function takeDistinct<Asked, Told>(
  waiting: readonly Waiting<Asked, Told>[],
  most: number,
  nameOf: (asked: Asked) => string,
): Set<Waiting<Asked, Told>> {
  const byName = new Map<string, Waiting<Asked, Told>>();
  for (const one of waiting) {
    const name = nameOf(one.asked);
    if (byName.size < most && !byName.has(name)) byName.set(name, one);
  }
  return new Set(byName.values());
}

async function answer<Asked, Told>(
  batch: readonly Waiting<Asked, Told>[],
  tell: Shared<Asked, Told>['tell'],
): Promise<boolean> {
  try {
    const told = await within(sharedPatienceMs, tell(batch.map(({ asked }) => asked)));
    if (told.length !== batch.length) throw new Error('a question was not answered');
    batch.forEach(({ resolve }, place) => {
      resolve(told[place] as Told);
    });
    return true;
  } catch (error) {
    for (const { reject } of batch) reject(error);
    return false;
  }
}

async function within<T>(patienceMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the statement did not end in time')), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
