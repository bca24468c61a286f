import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readLogs } from '../../src/lanes/logs.js';
import type { LanesOptions } from '../../src/lanes/options.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-logs-'));
const path = join(folder, 'app.log');
const options = { client: { logs: ['app.log', 'none.log'] }, target: { directory: folder } } as unknown as LanesOptions;
// More than anybody could read.
const HUGE_BYTES = 1024 ** 4;
const GROWN_BYTES = 20_000_000;
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

  it('that are sparse are read at both ends alone', () => {
    const logs = readLogs(options, folder);
    truncateSync(path, HUGE_BYTES);
    appendFileSync(path, 'last é\n');
    const { text, bytes, isCut } = logs.added();
    expect([bytes, isCut]).toEqual([HUGE_BYTES + Buffer.byteLength('last é\n') - Buffer.byteLength('before\n'), true]);
    expect(text.length).toBeLessThan(3 * 1024 * 1024);
    expect(text.endsWith('last é\n')).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('that are none are not waited for, and said to be none', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const names = ['pipe', '/dev/zero', '.', 'app.log/none', 'none.log', 'app.log'];
    const logs = readLogs({ ...options, client: { ...options.client, logs: names } }, folder);
    appendFileSync(path, 'later\n');
    expect(logs.added()).toEqual({ text: 'later\n', bytes: 6, isCut: false });
    expect(logs.unread()).toEqual(['pipe is a pipe', '/dev/zero is a device', '. is a folder']);
  });

  it('that grow while they are read are read to where they ended, and from there the next time', async () => {
    const logs = readLogs(options, folder);
    const writer = spawn('sh', ['-c', `yes line | head -c ${GROWN_BYTES} >> app.log`], {
      cwd: folder,
      stdio: 'ignore',
    });
    let ended = false;
    writer.on('exit', () => {
      ended = true;
    });
    let bytes = 0;
    for (let isLast = false; !isLast; ) {
      isLast = ended;
      const added = logs.added();
      bytes += added.bytes;
      expect(added.text.length).toBeLessThan(3 * 1024 * 1024);
      await new Promise((wake) => setTimeout(wake, 1));
    }
    expect(bytes).toBe(GROWN_BYTES);
  });
});
