import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './order.js';

// Every start of Node reads these certificates, which takes it half as long again, and no test asks a host beyond this
// machine. Those that are about the variable set it themselves.
delete process.env.NODE_EXTRA_CA_CERTS;

// Nothing of one file shows in the next, so a worker loads once what all import, which costs most of a second for each, and
// keeps the command line warm. Cooldown mocks a module, and that would show; canaries lasts too long to be among the last.
const SHARED = [
  'test/{attestations,causes,checklists,checks,config,evidence,files,gather,intercept,lanes,learning,memory,openapi,probes,proxy,receiver,redaction,report,sandbox,source,stored,transport,views,webhook}/**/!(cooldown|canaries).test.ts',
  'test/cli/{budget,checklist,cli,client-time,network,parts,state,variants}.test.ts',
];

// `npm run test:quick` leaves out the folders where most tests start the tool, clients or the sandbox.
const SLOW = 'test/{cli,golden,intercept,lanes,matrix,real,redaction,sandbox}/**';
const LEFT_OUT = [...configDefaults.exclude, ...(process.env.GOLIVE_TESTS === 'quick' ? [SLOW] : [])];

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
    // Each project reads and compiles all modules anew: there are no more of them than it takes.
    projects: [
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: [...LEFT_OUT, ...SHARED] } },
      { extends: true, test: { name: 'shared', include: SHARED, exclude: LEFT_OUT, isolate: false } },
    ],
  },
});
