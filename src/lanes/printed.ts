// Runs a command to its end, for what it prints.
import { type Printed, startProcess } from './process.js';

const GRACE_MS = 500;

/** @throws Error that says why there is nothing to read: it did not start, did not end in time, or failed */
export async function printedBy(
  command: string | readonly string[],
  place: { cwd: string; env: NodeJS.ProcessEnv },
  withinMs: number,
): Promise<Printed> {
  const child = await startProcess(command, place);
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    void child.stop(GRACE_MS);
  }, withinMs);
  await child.ended;
  clearTimeout(late);
  if (isLate) throw new Error(`its command did not end within ${withinMs / 1000} s`);
  const { exitCode, startError } = child.facts();
  if (startError !== null) throw new Error(`its command could not be started: ${startError}`);
  if (exitCode !== 0) throw new Error(`its command ended with ${exitCode ?? 'a signal'}`);
  return child.takeOutput();
}
