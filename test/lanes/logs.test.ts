import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readLogs } from '../../src/lanes/logs.js';
import type { LanesOptions } from '../../src/lanes/options.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-logs-'));
const path = join(folder, 'app.log');
const options = { client: { logs: ['app.log', 'none.log'] }, target: { directory: folder } } as unknown as LanesOptions;
beforeEach(() => writeFileSync(path, 'before\n'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('log files of the client', () => {
  it('are read from where they ended, each time; one that is not there yet is empty', () => {
    const logs = readLogs(options, folder);
    expect(logs.added()).toEqual({ text: '', bytes: 0, isCut: false });
    appendFileSync(path, 'größer\n');
    expect(logs.added()).toEqual({ text: 'größer\n', bytes: 9, isCut: false });
    appendFileSync(path, 'later\n');
    expect(logs.added().text).toBe('later\n');
  });

  it('are read from the beginning after they were rotated', () => {
    const logs = readLogs(options, folder);
    writeFileSync(path, 'new\n');
    expect(logs.added().text).toBe('new\n');
  });

  it('that are too long are kept at both ends, and said to be cut', () => {
    const logs = readLogs(options, folder);
    const line = `${'é'.repeat(500)}\n`;
    appendFileSync(path, `first\n${line.repeat(5_000)}last\n`);
    const { text, bytes, isCut } = logs.added();
    expect([text.startsWith('first\n'), text.endsWith('\nlast\n'), isCut]).toEqual([true, true, true]);
    expect(bytes).toBe(Buffer.byteLength(`first\n${line.repeat(5_000)}last\n`));
    expect(text).not.toContain('\ufffd');
  });
});
