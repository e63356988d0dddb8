import { expect, test, vi } from 'vitest';
import { sharedPatienceMs, shareStatement } from './share-statement.ts';

/** A statement that answers when it is told to. */
function start(nameOf?: (asked: number) => string) {
  const statements: { asked: readonly number[]; end: (error?: Error) => void }[] = [];
  const tell = (asked: readonly number[]) =>
    new Promise<number[]>((resolve, reject) => {
      const end = (error?: Error) => (error ? reject(error) : resolve(asked.map((one) => one * 10)));
      statements.push({ asked, end });
    });
  const ask = shareStatement<number, number>({ most: 3, tell, ...(nameOf ? { nameOf } : {}) });
  return { ask, statements };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked meanwhile shares the next statement, and each gets its own answer', async () => {
  const { ask, statements } = start();
  const first = ask(1);
  await turn();
  const others = [2, 3, 4, 5].map(ask);
  statements[0]?.end();
  await turn();
  statements[1]?.end();
  await turn();
  statements[2]?.end();
  expect(await Promise.all([first, ...others])).toEqual([10, 20, 30, 40, 50]);
  expect(statements.map(({ asked }) => asked)).toEqual([[1], [2, 3, 4], [5]]);
});

test('questions of one name share no statement', async () => {
  const { ask, statements } = start((asked) => String(asked % 2));
  const answers = [1, 3, 2].map(ask);
  await turn();
  statements[0]?.end();
  await turn();
  statements[1]?.end();
  expect(await Promise.all(answers)).toEqual([10, 30, 20]);
  expect(statements.map(({ asked }) => asked)).toEqual([[1, 2], [3]]);
});

test('a statement that fails takes those that wait with it, and the next question begins anew', async () => {
  const { ask, statements } = start();
  const first = ask(1).catch((error: Error) => error.message);
  await turn();
  const second = ask(2).catch((error: Error) => error.message);
  statements[0]?.end(new Error('gone'));
  expect(await Promise.all([first, second])).toEqual(['gone', 'the statement before this one failed']);
  const third = ask(3);
  await turn();
  statements[1]?.end();
  expect(await third).toBe(30);
});

test('a statement without an end is given up, and the next question is answered', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { ask, statements } = start();
    const first = ask(1).catch((error: Error) => error.message);
    await turn();
    vi.advanceTimersByTime(sharedPatienceMs);
    expect(await first).toBe('the statement did not end in time');
    const second = ask(2);
    await turn();
    statements[1]?.end();
    expect(await second).toBe(20);
  } finally {
    vi.useRealTimers();
  }
});
