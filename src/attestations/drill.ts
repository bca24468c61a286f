// One look of a drill: how often a text stands in what its command prints.
import { printedBy } from '../lanes/printed.js';

const ANSWER_MS = 30_000;

/** @throws Error that says why it cannot be told */
export async function countPrinted(
  command: string | readonly string[],
  finds: string,
  place: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<number> {
  const { text, isCut } = await printedBy(command, place, ANSWER_MS);
  if (isCut) throw new Error('its command printed too much to be kept');
  return text.split(finds).length - 1;
}
