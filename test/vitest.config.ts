import { defineConfig } from 'vitest/config';
import { LongestFirst } from './order.js';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers would only make the timing tests wait for one another.
    maxWorkers: 2,
    maxConcurrency: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/cache.ts'],
    env: { NO_COLOR: '1' },
  },
});
