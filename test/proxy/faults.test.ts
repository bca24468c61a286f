import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/evidence/recording.js';
import { FAULTS, type FaultId } from '../../src/proxy/faults/index.js';
import { samplesOf } from '../../src/proxy/samples.js';
import { eventually, post, settled, startLane, talk } from './lane.js';

interface Case {
  script: string;
  /** How the client's connection went down; `open`: it stayed. */
  connection: 'fin' | 'rst' | 'open';
  ended: Attempt['ended'];
  /** All bytes of the answer, or null: none. */
  bytes: RegExp | null;
  /** The operation was carried out. */
  effects: 0 | 1;
  /** The client gives up after so long. */
  givesUpMs?: number;
  explain: RegExp;
}

const error = { errors: { default: { required: ['/error/type'], code: '/error/code' }, message: '/error/message' } };
const samples = samplesOf({
  ...error,
  errors: { ...error.errors, byStatus: {} },
  idempotency: {
    inFlight: { statuses: [409], codes: ['busy'] },
    quoted: false,
    methods: ['POST'],
    reservedPrefixes: [],
    ignore: [],
    compareHeaders: [],
  },
});

const CASES: Readonly<Record<FaultId, readonly Case[]>> = {
  status: [
    {
      script: '429(retry-after=2)',
      connection: 'open',
      ended: 'complete',
      bytes: /^HTTP\/1\.1 429 Too Many Requests\r\n[\s\S]*\r\nRetry-After: 2\r\n[\s\S]*"code":"rate_limited"/,
      effects: 0,
      explain: /answers 429 with Retry-After: 2/,
    },
    {
      script: `status(503, body='{"why":"tea"}', retry-after-date=3)`,
      connection: 'open',
      ended: 'complete',
      bytes: /^HTTP\/1\.1 503 [\s\S]*\r\nRetry-After: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\n[\s\S]*\{"why":"tea"\}$/,
      effects: 0,
      explain: /date 3 s ahead/,
    },
  ],
  delay: [
    {
      script: 'delay(80ms)',
      connection: 'open',
      ended: 'complete',
      bytes: /^HTTP\/1\.1 201 /,
      effects: 1,
      explain: /0\.08 s/,
    },
    {
      script: 'delay(5s)',
      connection: 'fin',
      ended: 'client-closed',
      bytes: null,
      effects: 1,
      givesUpMs: 40,
      explain: /5 s later/,
    },
  ],
  hang: [
    {
      script: 'hang',
      connection: 'fin',
      ended: 'we-hung',
      bytes: null,
      effects: 0,
      givesUpMs: 40,
      explain: /never answers/,
    },
    {
      script: 'hang(headers-then-silence)',
      connection: 'fin',
      ended: 'we-hung',
      bytes: /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n$/,
      effects: 0,
      givesUpMs: 60,
      explain: /headers of a 200/,
    },
  ],
  'slow-body': [
    {
      script: 'slow-body(60ms, 3)',
      connection: 'open',
      ended: 'complete',
      bytes: /"lines":\[\{"sku":"a"\}\]\}$/,
      effects: 1,
      explain: /3 pieces/,
    },
  ],
  'reset-before': [
    { script: 'reset-before', connection: 'rst', ended: 'we-reset', bytes: null, effects: 0, explain: /before/ },
  ],
  'reset-after': [
    { script: 'reset-after', connection: 'rst', ended: 'we-reset', bytes: null, effects: 0, explain: /nothing was/ },
  ],
  'lost-response': [
    {
      script: 'lost-response',
      connection: 'rst',
      ended: 'we-reset',
      bytes: null,
      effects: 1,
      explain: /answer is lost/,
    },
    { script: 'lost-response(close)', connection: 'fin', ended: 'we-cut', bytes: null, effects: 1, explain: /closes/ },
  ],
  'truncated-body': [
    {
      script: 'truncated-body(0.25)',
      connection: 'fin',
      ended: 'we-cut',
      bytes: /\r\nContent-Length: 6\d\r\n\r\n.{15}$/,
      effects: 1,
      explain: /25 %/,
    },
  ],
  'garbage-body': [
    {
      script: 'garbage-body(20)',
      connection: 'open',
      ended: 'complete',
      bytes: /^HTTP\/1\.1 200 [\s\S]*\r\n\r\n\{\0[\s\S]{18}$/,
      effects: 1,
      explain: /not JSON/,
    },
  ],
  'html-error': [
    {
      script: 'html-error',
      connection: 'open',
      ended: 'complete',
      bytes: /^HTTP\/1\.1 502 [\s\S]*text\/html[\s\S]*<\/html>\n$/,
      effects: 0,
      explain: /HTML/,
    },
  ],
  redirect: [
    {
      script: 'redirect',
      connection: 'open',
      ended: 'complete',
      bytes: /^HTTP\/1\.1 307 [\s\S]*\r\nLocation: http:\/\/localhost:\d+\/v2\/orders\r\n/,
      effects: 0,
      explain: /another origin/,
    },
  ],
  'unknown-fields': [
    {
      script: 'unknown-fields(/status)',
      connection: 'open',
      ended: 'complete',
      bytes:
        /\{"x_added_later_\w+":"added later",.*"sku":"a"\}\],"status":"x_value_added_later_\w+","id":"ord_\w{8}"\}$/,
      effects: 1,
      explain: /unknown values at \/status/,
    },
  ],
  'other-message': [
    {
      script: 'other-message(422, taken)',
      connection: 'open',
      ended: 'complete',
      bytes: /^HTTP\/1\.1 422 [\s\S]*"code":"taken"/,
      effects: 0,
      explain: /other words/,
    },
  ],
  'in-flight': [
    {
      script: 'in-flight',
      connection: 'open',
      ended: 'complete',
      bytes: /^HTTP\/1\.1 409 [\s\S]*"code":"busy"/,
      effects: 0,
      explain: /still being/,
    },
  ],
};

describe('faults', () => {
  it('are all in the table', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(FAULTS.map((fault) => fault.id).toSorted());
  });

  const rows = Object.entries(CASES).flatMap(([id, cases]) => cases.map((one) => [one.script, id, one] as const));
  it.each(rows)('%s', async (script, id, expected) => {
    const lane = await startLane(`${script},ok`, { samples });
    const client = talk(lane.port, post(undefined, ['Idempotency-Key: k1']));
    if (expected.givesUpMs !== undefined) setTimeout(() => client.socket.destroy(), expected.givesUpMs);
    if (expected.connection === 'open') await client.until(/\r\n\r\n/).then(() => settled(lane));
    else expect(await client.ended).toBe(expected.connection);
    const { attempts, effects } = await settled(lane);
    const [attempt] = attempts;
    if (expected.bytes === null) expect(client.text()).toBe('');
    else expect(await client.until(expected.bytes)).toMatch(expected.bytes);
    expect(attempt).toMatchObject({ ended: expected.ended, target: true, ofTarget: 1, operation: 'create' });
    expect(attempt?.fault).toMatchObject({ id, missed: null, explain: expect.stringMatching(expected.explain) });
    expect(attempt?.endedBy).toBe(expected.givesUpMs === undefined ? 'us' : 'client');
    expect(attempt?.answer === null).toBe(expected.bytes === null);
    expect(effects.count).toBe(expected.effects);

    // The next attempt passes, with the effect of the first where there was one.
    const again = talk(lane.port, post(undefined, ['Idempotency-Key: k1']));
    await again.until(/"id":"ord_/);
    const recording = await settled(lane, 2);
    expect(recording.attempts[1]).toMatchObject({ fault: null, ended: 'complete', ofTarget: 2, effect: 1 });
    expect(recording.effects.count).toBe(1);
    expect(recording.effects.list[0]?.attempts).toHaveLength(1 + expected.effects);
    if (attempt?.times.endedAtMs !== null && attempt !== undefined) {
      expect(recording.attempts[1]?.times.firstByteAtMs).toBeGreaterThanOrEqual(attempt.times.endedAtMs);
    }
  });

  it('records what follows a redirect, apart from the lane', async () => {
    const lane = await startLane('redirect', {
      secrets: [{ name: 'KEY', value: 'sk_test_0123456789', kind: 'credential' }],
    });
    const first = talk(lane.port, post(undefined, ['Authorization: Bearer sk_test_0123456789']));
    const [, port = ''] = /localhost:(\d+)/.exec(await first.until(/\r\n\r\n/)) ?? [];
    const followed = talk(Number(port), post(undefined, ['Authorization: Bearer sk_test_0123456789', 'Cookie: a=b']));
    expect(await followed.until(/elsewhere/)).toMatch(/^HTTP\/1\.1 200 /);
    const { elsewhere, attempts, effects } = await eventually(
      () => lane.recording(),
      (recording) => recording.elsewhere[0]?.ended === 'complete',
    );
    expect(attempts).toHaveLength(1);
    expect(effects.count).toBe(0);
    expect(elsewhere[0]).toMatchObject({
      id: 'lane@1',
      request: { method: 'POST', digest: attempts[0]?.request.digest },
    });
    expect(elsewhere[0]?.request.found).toEqual([
      { where: 'header', name: 'authorization', secret: 'KEY', encoding: 'plain' },
    ]);
  });

  it('says what it missed', async () => {
    const lane = await startLane('unknown-fields(/nowhere),reset-after');
    await talk(lane.port, post()).until(/added later/);
    const dying = talk(lane.port, 'POST /v2/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{');
    await eventually(
      () => lane.recording().attempts.length,
      (count) => count === 2,
    );
    dying.socket.destroy();
    const { attempts } = await settled(lane, 2);
    expect(attempts[0]?.fault?.missed).toMatch(/no member at \/nowhere/);
    expect(attempts[1]).toMatchObject({ ended: 'client-closed', request: { complete: false, digest: null } });
    expect(attempts[1]?.fault?.missed).toMatch(/before its request was whole/);
  });
});
