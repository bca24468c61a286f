// Peers that do the unexpected, through the whole command line: a clear line, the right code, no stack, no hang.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { faultsOf, runHostile } from '../../src/dev/hostile/run.js';
import { startCli } from '../helpers/cli.js';
import { httpAnswer, startPeer } from '../helpers/peer.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(config: object): Promise<{ code: number | null; text: string; ms: number }> {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, JSON.stringify(config));
  const begun = performance.now();
  // Of its own: what a peer holds open must not keep the process from its end.
  const { code, stdout, stderr } = await startCli(['run', '-c', path], folder, { K: 'planted-canary-0123456789' })
    .ended;
  return { code, text: stdout + stderr, ms: performance.now() - begun };
}

function endless(socket: Socket, piece: string): void {
  const pump = () => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', pump);
  };
  pump();
}

const BUDGET_SECONDS = 3;
const configFor = (url: string) => ({
  extends: 'none',
  contract: { auth: { headers: [{ name: 'X-Api-Key' }] } },
  endpoint: {
    url,
    key: '${K}',
    operations: { read: { path: '/x' }, create: { path: '/o', body: { a: '{{unique}}' } } },
  },
  budget: { seconds: BUDGET_SECONDS },
});

describe('hostile and broken peers', () => {
  it.each<[string, RegExp, (socket: Socket) => void]>([
    ['hangs', /no whole answer in time/, () => undefined],
    ['closes after the first byte', /closed by the server/, (socket) => socket.end('H')],
    ['answers garbage', /cannot be read as HTTP/, (socket) => socket.end('\u0000\u0001garbage\r\n\r\n')],
    [
      'sends an endless body',
      /more than we accept/,
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
        endless(socket, `10000\r\n${'a'.repeat(65_536)}\r\n`);
      },
    ],
    [
      'sends headers without end',
      /more than we accept/,
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        endless(socket, `x-${'a'.repeat(8000)}: ${'b'.repeat(8000)}\r\n`);
      },
    ],
    ['sends 1xx and closes', /interim 102/, (socket) => socket.end('HTTP/1.1 102 Processing\r\n\r\n')],
    ['sends an unasked 100', /a 100 Continue that no call/, (socket) => socket.end('HTTP/1.1 100 Continue\r\n\r\n')],
    ['resets', /closed by the server/, (socket) => socket.resetAndDestroy()],
  ])('%s: undecided, said once', async (_name, says, answer) => {
    const peer = await startPeer(answer);
    try {
      const { code, text, ms } = await run(configFor(peer.origin));
      expect(code, text).toBe(3);
      expect(text.replace(/\s+/g, ' ')).toMatch(says);
      expect(text).not.toMatch(/\n\s+at |planted-canary/);
      // A tool that is stuck takes minutes; a busy machine takes its time.
      expect(ms).toBeLessThan((BUDGET_SECONDS + 57) * 1000);
    } finally {
      await peer.close();
    }
  });

  it('sends endless bodies in chunks of one byte, on many connections: little memory', async () => {
    const run = await runHostile('an endless body in chunks of 1', true);
    expect(faultsOf(run)).toEqual([]);
    // How far a body gets within the budget depends on the machine.
    expect(run.text).toMatch(/more than we accept|no whole answer in time/);
  });

  it('sends HTML with terminal escapes: judged, shown without them', async () => {
    const peer = await startPeer(
      (socket) =>
        void socket.write(
          httpAnswer(
            '500 Internal Server Error',
            '<html>\u001b[2J\u001b]0;x\u0007 Traceback (most recent call last)</html>',
            ['content-type: text/html'],
          ),
        ),
    );
    try {
      const { code, text } = await run(configFor(peer.origin));
      expect(code).toBe(1);
      expect(text).toContain('a Python stack trace');
      expect(text).not.toMatch(/[\u001b\u0007]/);
    } finally {
      await peer.close();
    }
  });
});
