import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './order.js';

// Every start of Node reads these certificates, which takes it half as long again, and no test asks a host beyond this
// machine. Those that are about the variable set it themselves.
delete process.env.NODE_EXTRA_CA_CERTS;

const JUDGES = 'test/checks/**/*.test.ts';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    // What hangs ends; a busy machine does not end what works.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Three for two processors: some wait for clients and servers while the others work.
    maxWorkers: 3,
    maxConcurrency: 4,
    expect: { poll: { timeout: 60_000 } },
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/cache.ts'],
    env: { NO_COLOR: '1' },
    projects: [
      {
        extends: true,
        test: { name: 'all else', include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, JUDGES] },
      },
      // Judges are pure, so nothing of one file can show in the next: a worker loads what all import once.
      { extends: true, test: { name: 'judges', include: [JUDGES], isolate: false } },
    ],
  },
});
