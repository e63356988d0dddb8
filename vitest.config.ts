import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/data/**'];

export default defineConfig({
  test: {
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
          globalSetup: ['tests/database-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
