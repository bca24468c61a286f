// An API whose only answer to a repeat is a 102: no client library parses it; ours must survive and name it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveSource } from '../../src/config/load.js';
import { runTarget } from '../../src/pipeline.js';
import type { Report } from '../../src/report/schema.js';
import { httpAnswer, type Peer, startPeer } from '../helpers/peer.js';

const BARE = 'HTTP/1.1 102 Processing\r\n\r\n';
const KEY = 'xxTEST12.0123456789abcdef';

async function judged(origin: string, only: readonly string[]): Promise<Report['checks']> {
  const source = {
    file: '/nowhere/golive-check.json',
    raw: {
      extends: 'runa',
      endpoint: {
        url: `${origin}/v2`,
        key: '${RUNA_API_KEY}',
        operations: { create: { count: { path: '/made', total: '/n' }, poll: { everyMs: 50 } } },
      },
    },
    placeOf: async () => null,
  };
  const [target] = await resolveSource(source, { cwd: '/nowhere', environment: { RUNA_API_KEY: KEY } });
  if (target === undefined) throw new Error('no target');
  const { report } = await runTarget(target, {
    selection: { only: [...only], skip: [] },
    failOn: 'major',
    seed: 1,
    liveWritesTo: null,
    concurrency: 16,
    environment: {},
    signal: new AbortController().signal,
  });
  return report.checks;
}

describe('a bare 102', () => {
  const orders = new Map<string, string>();
  /** Keys that are being performed: repeats meet a bare 102, and the connection ends. */
  const underWay = new Set<string>();
  let peer: Peer;
  let always: Peer;

  beforeAll(async () => {
    peer = await startPeer((socket, head) => {
      const key = /x-idempotency-key: (\S+)/i.exec(head)?.[1];
      if (head.startsWith('GET /v2/made')) return void socket.write(httpAnswer('200 OK', `{"n":${orders.size}}`));
      if (head.startsWith('GET /v2/order/')) return void socket.write(httpAnswer('200 OK', '{"status":"COMPLETED"}'));
      if (!head.startsWith('POST')) return void socket.write(httpAnswer('200 OK', '{"message":"pong"}'));
      if (key === undefined) return void socket.write(httpAnswer('400 Bad Request', '{"type":"bad_request"}'));
      if (underWay.has(key)) return void socket.end(BARE);
      const known = orders.get(key);
      if (known !== undefined) return void socket.write(httpAnswer('202 Accepted', known));
      underWay.add(key);
      const order = JSON.stringify({ id: `O-${orders.size + 1}`, status: 'PROCESSING' });
      orders.set(key, order);
      setTimeout(() => {
        underWay.delete(key);
        socket.write(httpAnswer('202 Accepted', order));
      }, 60);
    });
    always = await startPeer((socket, head) => {
      if (head.startsWith('POST')) return void socket.end(BARE);
      socket.write(httpAnswer('200 OK', head.startsWith('GET /v2/made') ? '{"n":0}' : '{"message":"pong"}'));
    });
  });
  afterAll(async () => {
    await peer.close();
    await always.close();
  });

  it('counts as the documented in-flight answer, and is named', async () => {
    const checks = await judged(peer.origin, ['creates-once-under-concurrency', 'creates-once-after-lost-response']);
    const race = checks.find((one) => one.id === 'creates-once-under-concurrency');
    expect([race?.outcome, race?.code, race?.because]).toEqual([
      'pass',
      'one-each',
      expect.stringContaining('102 alone'),
    ]);
    const lost = checks.find((one) => one.id === 'creates-once-after-lost-response');
    expect([lost?.outcome, lost?.because]).toEqual(['pass', expect.any(String)]);
  });

  it('as the only answer leaves every check open and is named, without an error of ours', async () => {
    const checks = await judged(always.origin, [
      'creates-once-on-replay',
      'replays-first-response',
      'creates-once-under-concurrency',
      'creates-once-after-lost-response',
      'requires-idempotency-key',
    ]);
    for (const check of checks) {
      expect([check.id, check.outcome], check.because).toEqual([check.id, 'inconclusive']);
      expect(check.because, check.id).toContain('102');
    }
    expect(checks).toHaveLength(5);
  });
});
