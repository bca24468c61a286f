// The tool at a terminal, which script(1) lends it.
import { spawn, spawnSync } from 'node:child_process';
import { BIN } from './cli.js';

export const hasTerminal = spawnSync('script', ['--version']).status === 0;

/** One answer to each question, empty where none is left; after the last question nobody listens. */
export async function atTerminal(
  words: readonly string[],
  answers: readonly string[],
  cwd: string,
): Promise<{ code: number; shown: string }> {
  const command = [process.execPath, BIN, ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd });
  let shown = '';
  let answered = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    for (const asked = shown.split('): ').length - 1; answered < asked; answered += 1)
      child.stdin.write(`${answers[answered] ?? ''}\n`);
  });
  const code = await new Promise<number>((resolve) => child.on('close', resolve));
  return { code, shown };
}
