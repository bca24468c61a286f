import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startProcess } from '../../src/lanes/process.js';

const MIB = 1024 * 1024;

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

  it('may write a character in two pieces', async () => {
    expect((await run("printf '\\303'; sleep 0.3; printf '\\274'")).output).toBe('ü');
  });

  it('does not hold us when what it leaves behind keeps its outputs open', async () => {
    const begunAt = performance.now();
    expect(await run('echo begun; sleep 30 & exit 3')).toMatchObject({ output: 'begun\n', exitCode: 3 });
    expect(performance.now() - begunAt).toBeLessThan(10_000);
  });

  it('that prints without measure is kept at both ends, and counted whole', async () => {
    const client = await startProcess(`echo first; yes line | head -c ${64 * MIB}; echo last`, {
      cwd: '.',
      env: process.env,
    });
    await client.ended;
    const { text, bytes, isCut } = client.takeOutput();
    expect([bytes, isCut]).toEqual([64 * MIB + 11, true]);
    expect([text.startsWith('first\nline\n'), text.endsWith('last\n')]).toEqual([true, true]);
    expect(text.length).toBeLessThan(3 * MIB);
  });

  it('that cannot be started says why', async () => {
    expect(await run(['/nowhere/client'])).toMatchObject({ output: '', startError: expect.stringMatching(/ENOENT/) });
  });

  describe('many at once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'golive-mkfifo-'));
    afterEach(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    });

    it.runIf(process.platform === 'linux')('are each read alone, through pipes that few programs made', async () => {
      const starts = join(folder, 'starts');
      const mkfifo = execFileSync('which', ['mkfifo'], { encoding: 'utf8' }).trim();
      const counting = `#!/bin/sh\necho start >> '${starts}'\nexec '${mkfifo}' "$@"\n`;
      writeFileSync(join(folder, 'mkfifo'), counting, { mode: 0o700 });
      writeFileSync(starts, '');
      vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
      const words = Array.from({ length: 20 }, (_, at) => `word ${at}\n`);
      const runs = await Promise.all(words.map((word) => run(['printf', '%s', word])));
      expect(runs.map(({ output }) => output)).toEqual(words);
      expect(readFileSync(starts, 'utf8').split('start').length - 1).toBeLessThan(words.length / 4);
    });
  });
});
