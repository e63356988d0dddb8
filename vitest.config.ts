import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/data/**'];
/** They measure how much memory their process takes: it is theirs alone. */
const measured = ['src/platform/files/big-file.test.ts', 'src/platform/files/rejected-lines.test.ts'];

export default defineConfig({
  test: {
    // Three at a time, also on two cores: much of the time of these tests is waiting, for what was killed or
    // for what is tried again later.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...ignored, '**/*.database.test.ts', ...measured],
          isolate: false,
          // Tests of what takes seconds, on a machine that is busy with others; none waits for anything.
          testTimeout: 60_000,
        },
      },
      { test: { name: 'memory', include: measured, testTimeout: 60_000 } },
      {
        test: {
          name: 'database',
          include: ['**/*.database.test.ts'],
          exclude: ignored,
          globalSetup: ['tests/database-setup.ts', 'tests/programs-setup.ts'],
          // Files that follow each other in one process load what is tested once: 1.8 s of processor a file.
          isolate: false,
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
