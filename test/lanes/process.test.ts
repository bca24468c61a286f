import { describe, expect, it } from 'vitest';
import { startProcess } from '../../src/lanes/process.js';

async function run(command: string | readonly string[]) {
  const child = await startProcess(command, { cwd: '.', env: process.env });
  await child.ended;
  const { exitCode, signal, startError } = child.facts();
  return { output: child.output(), exitCode, signal, startError };
}

describe('a process of the user', () => {
  it('may write to its outputs by name', async () => {
    const command = 'echo one > /dev/stderr; echo two > /dev/stdout; echo three | tee /dev/stderr';
    expect(await run(command)).toEqual({
      output: expect.stringMatching(/^one\ntwo\nthree\nthree\n$/),
      exitCode: 0,
      signal: null,
      startError: null,
    });
  });

  it('is read to its end, both outputs in the order of the writing', async () => {
    const program = 'for (let n = 0; n < 2000; n += 1) (n % 2 ? console.error : console.log)(n)';
    const { output } = await run([process.execPath, '-e', program]);
    expect(output).toBe(Array.from({ length: 2000 }, (_, n) => `${n}\n`).join(''));
  });

  it('does not hold us when what it leaves behind keeps its outputs open', async () => {
    const begunAt = performance.now();
    expect(await run('echo begun; sleep 30 & exit 3')).toMatchObject({ output: 'begun\n', exitCode: 3 });
    expect(performance.now() - begunAt).toBeLessThan(10_000);
  });

  it('that cannot be started says why', async () => {
    expect(await run(['/nowhere/client'])).toMatchObject({ output: '', startError: expect.stringMatching(/ENOENT/) });
  });
});
