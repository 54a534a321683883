import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    retry: 1, // the reporter names what passed only at the second try
    // Generous: a test fails by what it finds, never by how busy the machine is.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
