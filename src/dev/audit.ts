// npm run audit: known vulnerabilities in what a user gets, installed beside this package or bundled into it.
import { spawnSync } from 'node:child_process';
import { type Advice, type Audit, findingsIn } from './advisories.js';
import { bundle, ROOT } from './bundle.js';
import { productionFolders } from './production.js';

// Each: the advisory, why it does not reach a user, and the day on which this is looked at again.
const EXCEPTIONS: readonly Advice[] = [];

// It runs before all tests: a registry that is out of reach holds them up for no more than this.
const WITHIN_MS = 30_000;

const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', `--fetch-timeout=${WITHIN_MS / 2}`], {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  timeout: WITHIN_MS,
});
const shipped = [...productionFolders(ROOT), ...(await bundle()).packages];
const findings = findingsIn(answerOf(stdout), { shipped, exceptions: EXCEPTIONS, today: new Date() });
if (typeof findings === 'string') {
  // Not the code's fault: told, so that nobody takes it for a pass, and it fails nothing.
  process.stdout.write(`audit SKIPPED, nothing was judged: ${findings}\n`);
} else {
  for (const line of findings) process.stdout.write(`${line}\n`);
  process.stdout.write(`audit: ${findings.length} open in ${new Set(shipped).size} packages that a user gets\n`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

function answerOf(text: string): Audit {
  try {
    return JSON.parse(text) as Audit;
  } catch {
    return { message: 'npm audit printed no JSON' };
  }
}
