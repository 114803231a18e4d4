import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The build puts them there.
  define: { ASSUME_VERSION: '"0.0.0-test"', ASSUME_BUILD: '"test"' },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/which-program.ts',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Tests start processes of their own; two at once is what two cores bear.
    maxWorkers: 2,
  },
});
