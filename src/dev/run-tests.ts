// npm run test:run: Vitest, with whatever words it is given. `--full` runs each row of the matrices against all checks.
import { spawnSync } from 'node:child_process';

const words = process.argv.slice(2);
const full = words.includes('--full') ? { GOLIVE_TESTS: 'full' } : {};
const { status, error } = spawnSync(
  'vitest',
  ['run', '--config', 'test/vitest.config.ts', ...words.filter((word) => word !== '--full')],
  { stdio: 'inherit', env: { ...process.env, ...full } },
);
if (error !== undefined) throw error;
// Ended by a signal: no status.
process.exitCode = status ?? 1;
