// Measures all deliveries of the webhook suite against its slowest deliberate wait: the watch for late effects.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EvidenceFile } from '../report/evidence-file/file.js';
import { webhookOf } from '../sandbox/config.js';
import { freePort } from '../sandbox/free-port.js';
import { GOOD_RECEIVER, receiverCommand } from '../sandbox/receivers.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = `${ROOT}bin/golive-check.js`;
const ROUNDS = 5;
const REACH = 2;
// The first start comes before the first delivery; it is killed twice.
const STARTS_BETWEEN = 2;

export async function benchReceiver(): Promise<string> {
  const suites: { deliveriesMs: number; waitMs: number; events: number }[] = [];
  const startsMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    suites.push(await suiteOf());
    startsMs.push(await startOnce());
  }
  const startMs = middle(startsMs, (ms) => ms);
  const { deliveriesMs, waitMs, events } = middle(suites, (one) => one.deliveriesMs);
  const ratio = (deliveriesMs - STARTS_BETWEEN * startMs) / waitMs;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const facts = `${seconds(deliveriesMs)} for ${events} events, ${STARTS_BETWEEN} starts of ${seconds(startMs)} among them, slowest wait ${seconds(waitMs)}`;
  return `  ${facts}: ${ratio.toFixed(2)}  (reach ${REACH})${ratio <= REACH ? '' : '  MISSED'}`;
}

function middle<T>(all: readonly T[], msOf: (one: T) => number): T {
  const found = all.toSorted((a, b) => msOf(a) - msOf(b))[Math.floor(all.length / 2)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

/** From the first delivery to the end of the last, without the start of the tool. */
async function suiteOf() {
  const folder = mkdtempSync(join(tmpdir(), 'golive-bench-'));
  const file = join(folder, 'evidence.json');
  try {
    const words = ['demo', '--only', 'webhook', '--quiet', '--evidence', file];
    await new Promise<void>((resolve) => {
      execFile(process.execPath, [BIN, ...words], () => resolve());
    });
    const [target] = (JSON.parse(readFileSync(file, 'utf8')) as EvidenceFile).targets;
    const calls = (target?.exchanges ?? []).filter(({ request }) => request.vector !== undefined);
    const control = target?.evidence['webhook.control'];
    const waitMs = control?.ok === true ? control.value.watchedMs : null;
    if (waitMs === null) throw new Error('the receiver of the demo was not watched');
    const from = Math.min(...calls.map(({ startedAtMs }) => startedAtMs));
    const to = Math.max(...calls.map(({ endedAtMs }) => endedAtMs));
    return { deliveriesMs: to - from, waitMs, events: calls.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** ms until it is ready, and ended. */
async function startOnce(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'golive-bench-'));
  const [node = '', ...words] = receiverCommand(GOOD_RECEIVER, ROOT);
  const { env, ready } = webhookOf({ command: [node, ...words], port: await freePort() }, 'standard');
  const begunAtMs = performance.now();
  const child = spawn(node, words, {
    env: { ...process.env, ...env, STATE_DIR: folder, WEBHOOK_SECRET: 'whsec_c29tZXRoaW5nIHRvIHNpZ24gd2l0aA==' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text: Buffer) => text.includes(ready) && resolve());
      child.on('exit', () => reject(new Error('the receiver ended')));
    });
    return performance.now() - begunAtMs;
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
