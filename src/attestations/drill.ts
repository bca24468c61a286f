// One look of a drill: how often a text stands in what its command prints.
import { startProcess } from '../lanes/process.js';

const ANSWER_MS = 30_000;
const GRACE_MS = 500;

/** @throws Error that says why it cannot be told */
export async function countPrinted(
  command: string | readonly string[],
  finds: string,
  place: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<number> {
  const child = await startProcess(command, place);
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    void child.stop(GRACE_MS);
  }, ANSWER_MS);
  await child.ended;
  clearTimeout(late);
  const { exitCode, startError } = child.facts();
  if (isLate) throw new Error(`its command did not end within ${ANSWER_MS / 1000} s`);
  if (startError !== null) throw new Error(`its command could not be started: ${startError}`);
  if (exitCode !== 0) throw new Error(`its command ended with ${exitCode ?? 'a signal'}`);
  const { text, isCut } = child.takeOutput();
  if (isCut) throw new Error('its command printed too much to be kept');
  return text.split(finds).length - 1;
}
