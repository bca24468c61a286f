// npm run test:run: Vitest, with whatever words it is given. `--full` runs each row of the matrices against all checks;
// `--quick` leaves out the folders where tests start the tool.
import { spawnSync } from 'node:child_process';

const words = process.argv.slice(2);
const SIZES = ['full', 'quick'];
const size = SIZES.find((one) => words.includes(`--${one}`));
const { status, error } = spawnSync(
  'vitest',
  ['run', '--config', 'test/vitest.config.ts', ...words.filter((word) => !SIZES.includes(word.replace(/^--/, '')))],
  { stdio: 'inherit', env: { ...process.env, ...(size === undefined ? {} : { GOLIVE_TESTS: size }) } },
);
if (error !== undefined) throw error;
// Ended by a signal: no status.
process.exitCode = status ?? 1;
