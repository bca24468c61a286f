// Where a report goes, and what becomes of the exit code when it cannot go there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { init } from '../../src/cli/init.js';
import { judge } from '../../src/cli/judge.js';
import { parseOutputs } from '../../src/cli/outputs.js';
import { EXIT, unwritten } from '../../src/exit.js';
import type { Report } from '../../src/report/schema.js';
import { BIN } from '../helpers/cli.js';

const EVIDENCE = fileURLToPath(new URL('../../fixtures/evidence/three-defects.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'golive-cli-files-'));
const path = join(folder, 'report.json');
beforeEach(() => writeFileSync(path, 'old'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a failed write hides a verdict, and nothing else', () => {
  const hidden = Object.values(EXIT).filter((code) => unwritten(code) === EXIT.unwritten);
  expect(hidden).toEqual([EXIT.go, EXIT.noGo, EXIT.undecided, EXIT.unwritten]);
});

describe.skipIf(process.platform !== 'linux')('a report that cannot be written', () => {
  it('is an error line and exit 74, which the other reports tell, too', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const format = [`json=${path}`, 'text=/dev/full', 'json'];
      const { code, stdout } = await judge(EVIDENCE, { format, failOn: 'major' });
      expect(told.mock.calls.flat().join('')).toBe(
        'golive-check: could not write /dev/full (ENOSPC: no space left on device)\n',
      );
      expect([code, (JSON.parse(stdout ?? '') as Report).exitCode]).toEqual([74, 74]);
      expect((JSON.parse(readFileSync(path, 'utf8')) as Report).verdict).toBe('no-go');
    } finally {
      told.mockRestore();
    }
  });

  it('a config, too', async () => {
    const output = '/proc/golive-check.yaml';
    await expect(init({ output, yes: true })).rejects.toThrow(/^could not write \/proc\/golive-check\.yaml \(E/);
  });
});

it('standard output takes one report, by whatever name', () => {
  expect(parseOutputs({ format: ['json=/dev/stdout'] })).toEqual([{ format: 'json', path: null }]);
  expect(() => parseOutputs({ format: ['json=/dev/fd/1', 'text'] })).toThrow(/both go to standard output/);
});

describe.skipIf(process.platform !== 'linux')('the built command line', () => {
  const shell = (line: string) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, TOOL: `${process.execPath} ${BIN}`, EVIDENCE },
    });
    return { status, stdout, stderr };
  };

  it('on a disk that becomes full leaves the old report whole', () => {
    // The limit lets a first part of each file through, as a disk with little room does.
    const { status, stderr } = shell(
      'ulimit -f 4; exec $TOOL judge $EVIDENCE --verbose --json --format text=report.json > stdout.json',
    );
    expect(stderr).toBe(
      'golive-check: could not write report.json (EFBIG: file too large)\ngolive-check: could not write standard output (EFBIG: file too large)\n',
    );
    expect(status).toBe(74);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder).toSorted()).toEqual(['report.json', 'stdout.json']);
  });

  it('ends quietly with its own code when its reader goes away, and tells when the disk behind it is full', () => {
    const { status, stdout, stderr } = shell(
      '$TOOL judge $EVIDENCE --verbose --json --format text=>(true) | head -1; gone=${PIPESTATUS[0]}; $TOOL --help > /dev/full; echo $gone $?',
    );
    expect([status, stdout]).toEqual([0, '{\n1 74\n']);
    expect(stderr).toMatch(/^golive-check: could not write standard output \(ENOSPC.*\n$/);
  });
});
