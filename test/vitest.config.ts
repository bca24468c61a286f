import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './order.js';

// Every start of Node reads these certificates, which takes it half as long again, and no test asks a host beyond this
// machine. Those that are about the variable set it themselves.
delete process.env.NODE_EXTRA_CA_CERTS;

// Nothing of one file shows in the next, so a worker loads once what all import, which costs most of a second for each, and
// keeps the command line warm. Cooldown mocks a module, and that would show; canaries lasts too long to be among the last.
const SHARED = [
  'test/{checklists,checks,config,evidence,files,gather,intercept,lanes,memory,probes,proxy,redaction,report,sandbox,transport,views,webhook}/**/!(cooldown|canaries).test.ts',
  'test/cli/{budget,checklist,cli,client-time,network,parts,state,variants}.test.ts',
];

// Where most tests start the tool, clients or the sandbox: `npm run test:quick` leaves these folders out.
const SLOW = 'cli|golden|intercept|lanes|matrix|real|redaction|sandbox';
const SPEEDS = [
  { name: 'quick', others: `test/@(${SLOW})/**` },
  { name: 'slow', others: `test/!(${SLOW})/**` },
];

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    // What hangs ends; a busy machine does not end what works.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Four for two processors: some wait for clients and servers while the others work.
    maxWorkers: 4,
    maxConcurrency: 4,
    expect: { poll: { timeout: 60_000 } },
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/cache.ts'],
    env: { NO_COLOR: '1' },
    projects: SPEEDS.flatMap(({ name, others }) => [
      {
        extends: true as const,
        test: { name, include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, ...SHARED, others] },
      },
      {
        extends: true as const,
        test: {
          name: `${name}-shared`,
          include: SHARED,
          exclude: [...configDefaults.exclude, others],
          isolate: false,
        },
      },
    ]),
  },
});
