import type { Upload } from './store.ts';

/** What became of a file's lines, as numbers. */
export function countsOf(upload: Upload): Record<string, number> {
  const { lines, people, added, changed, unchanged, closed, rejected } = upload;
  const counts = { lines, people, added, changed, unchanged, closed, rejected };
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)]));
}

/** An upload as its sender is told of it. */
export function uploadAnswer(upload: Upload) {
  const { id, state, complete, dryRun, message, receivedAt, startedAt, endedAt } = upload;
  return {
    id: Number(id),
    kind: 'people',
    state,
    full: complete,
    dryRun,
    counts: countsOf(upload),
    message: message ?? usualMessages[state] ?? null,
    receivedAt: receivedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

const usualMessages: Readonly<Record<string, string>> = {
  queued: 'The file arrived and waits for its turn. Ask again in a minute.',
  running: 'The file is being read. Ask again in a minute.',
};
