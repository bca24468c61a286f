// What runs beside the main thread, and may not share its fate. A source text, as a bundle has no file of its own for it;
// of the main thread it knows what stands in the memory that both share.

/**
 * Bytes: beats, deadline (ms of the monotonic clock) and how often something was stopped as 64-bit integers, then the length of
 * the step's text, and the text.
 */
export const LAYOUT = { numbers: 3, lengthAt: 24, textAt: 28, bytes: 1024 } as const;

export const TICK_MS = 500;

/** So many ticks without a beat: the main thread is stuck. */
const STUCK = 6;
/** What is stuck again and again does not come to an end. */
const MOST_STOPS = 5;

export const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const { Session } = require('node:inspector');
const { writeSync } = require('node:fs');
const numbers = new BigInt64Array(workerData, 0, ${LAYOUT.numbers});
const step = () => {
  const length = new Int32Array(workerData, ${LAYOUT.lengthAt}, 1)[0];
  return Buffer.from(workerData, ${LAYOUT.textAt}, length).toString();
};
let seen = 0n;
let still = 0;
let stops = 0;
setInterval(() => {
  const beats = Atomics.load(numbers, 0);
  still = beats === seen ? still + 1 : 0;
  seen = beats;
  const deadline = Atomics.load(numbers, 1);
  if (deadline === 0n || process.hrtime.bigint() / 1000000n < deadline) return;
  if (still === 0 || still % ${STUCK} !== 0) return;
  if (stops >= ${MOST_STOPS}) kill();
  else stop();
}, ${TICK_MS});
function stop() {
  stops += 1;
  Atomics.add(numbers, 2, 1n);
  const held = step();
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.terminateExecution', () => session.disconnect());
  parentPort.postMessage(held);
}
function kill() {
  try {
    writeSync(2, 'golive-check: killed without a report, as nothing else ended it behind its time budget (budget.seconds or budget.clientSeconds); it was busy with: ' + step() + '\\n');
  } catch {}
  process.kill(process.pid, 'SIGKILL');
}
`;
