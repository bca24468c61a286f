// What a run needs of the machine, whatever the config says.
import { createServer, type Server } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { BUSY_MS } from '../checks/shared/machine.js';
import { HELD_UP_MS } from '../evidence/lateness.js';
import { startNoiseMeter } from '../proxy/noise.js';
import { leastNode } from '../version.js';
import { type Finding, ok, problem, warning } from './row.js';

/** @param found as process.versions.node */
export function lookAtNode(found: string): Finding {
  const [major = 0, minor = 0] = found.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastNode.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor))
    return ok(`${found} (expected ${leastNode} or later)`);
  return problem(`${found}, which is too old`, `install Node ${leastNode} or later`);
}

// Long enough for several of the timers by which a run itself tells a busy machine.
const WINDOW_MS = 700;
const QUIETER = 'end other programs, or run with --concurrency 2; what cannot be told then stays open';

export async function lookAtTimers(signal: AbortSignal): Promise<Finding> {
  const meter = startNoiseMeter();
  await sleep(WINDOW_MS, undefined, { signal }).finally(meter.stop);
  return timersFinding(meter.read(), availableParallelism());
}

export function timersFinding(
  { timerLateMeanMs, timerLateMaxMs }: { timerLateMeanMs: number; timerLateMaxMs: number },
  processors: number,
): Finding {
  const seen = `${timerLateMeanMs.toFixed(1)} ms late on average, ${timerLateMaxMs.toFixed(1)} ms at most, on ${processors === 1 ? '1 processor' : `${processors} processors`}`;
  if (timerLateMaxMs >= HELD_UP_MS)
    return warning(`${seen}: it stalls, and checks of what your client does in time may stay open`, QUIETER);
  if (timerLateMeanMs >= BUSY_MS)
    return warning(`${seen}: it is busy, and verdicts on short waits and on jitter may stay open`, QUIETER);
  return ok(`${seen}: quiet enough for verdicts on waits`);
}

/** More than run side by side. */
const PORTS = 32;
const LOOPBACK = '127.0.0.1';

export async function lookAtPorts(): Promise<Finding> {
  const opened = await Promise.all(Array.from({ length: PORTS }, listen));
  const servers = opened.filter((one) => typeof one !== 'string');
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const refused = opened.find((one) => typeof one === 'string');
  if (refused === undefined) return ok(`${PORTS} at once are free on ${LOOPBACK}`);
  const seen = `${servers.length} of ${PORTS} could be opened on ${LOOPBACK} (${refused})`;
  return refused === 'EMFILE'
    ? warning(seen, 'allow this shell more open files: ulimit -n 4096')
    : problem(seen, `let this process listen on ${LOOPBACK}: runs of your client each take a port there`);
}

/** The code of the error where no port can be had. */
function listen(): Promise<Server | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(0, LOOPBACK, () => resolve(server));
  });
}
