// Questions at a terminal.
import { createInterface } from 'node:readline/promises';
import { UserError } from '../errors.js';

/** The answer to a question, or what stands where nobody is there to ask. `refuse` throws a UserError: asked again. */
export type Asker = (
  question: string,
  usual: string,
  refuse?: (answer: string) => void | Promise<void>,
) => Promise<string>;

// Who answers wrongly so often needs something else than the question.
const MOST_TRIES = 5;

export function isTerminal(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** @param command whose questions they are, as a complaint begins */
export async function asking<T>(command: string, act: (ask: Asker) => Promise<T>): Promise<T> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  prompt.on('SIGINT', () => prompt.close());
  // Read as lines, so that answers that were pasted ahead of their questions are not lost.
  const lines = prompt[Symbol.asyncIterator]();
  try {
    return await act(async (question, usual, refuse) => {
      for (let tries = 1; ; tries += 1) {
        process.stdout.write(`${question}${usual === '' ? '' : ` (${usual})`}: `);
        const { value, done } = await lines.next();
        if (done === true)
          throw new UserError('unanswered', `${command}: ended before the last answer; nothing was written`);
        const answer = value.trim() === '' ? usual : value.trim();
        try {
          await refuse?.(answer);
          return answer;
        } catch (error) {
          if (!(error instanceof UserError) || tries === MOST_TRIES) throw error;
          process.stdout.write(`${error.message}\n`);
        }
      }
    });
  } finally {
    prompt.close();
  }
}
