import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/data/**'];

export default defineConfig({
  test: {
    // Two at a time, also on two cores: half of the time of these tests is waiting for what was killed.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...ignored, '**/*.database.test.ts'],
        },
      },
      {
        test: {
          name: 'database',
          include: ['**/*.database.test.ts'],
          exclude: ignored,
          globalSetup: ['tests/database-setup.ts', 'tests/programs-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
