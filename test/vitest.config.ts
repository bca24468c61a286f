import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers would only make the timing tests wait for one another.
    maxWorkers: 2,
    maxConcurrency: 2,
    globalSetup: ['test/cache.ts'],
    env: { NO_COLOR: '1' },
  },
});
