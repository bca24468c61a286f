import { describe, expect, it } from 'vitest';
import {
  endOf,
  lookedUp,
  metFault,
  oneOperationPerRun,
  succeeded,
  successOf,
  timelineOf,
  withoutTries,
} from '../../../src/checks/shared/clients.js';
import type { LaneRun } from '../../../src/evidence/run.js';
import { type AttemptInput, control, type LaneInput, lane, recovered, runs } from '../../helpers/lane.js';

describe('attempts in time', () => {
  const waits = (waitMs: number) =>
    timelineOf(lane({ attempts: [{ status: null, heldMs: 4000 }, { waitMs }] })).map((step) => step.waitMs);

  it.each<[string, number, number | null]>([
    ['after the one before', 300, 300],
    ['before we learnt that the answer was out', -20, 0],
    ['beside one that is still open', -3000, null],
  ])('%s', (_, waitMs, expected) => expect(waits(waitMs)).toEqual([null, expected]));

  it('show no wait after one that never ended', () => {
    const { recording, ...run } = lane({ attempts: [{ status: null }, {}] });
    const attempts = recording.attempts.map((one) => ({ ...one, times: { ...one.times, endedAtMs: null } }));
    expect(timelineOf({ ...run, recording: { ...recording, attempts } }).map((step) => step.waitMs)).toEqual([
      null,
      null,
    ]);
  });

  it('are named by how they ended, else by their status', () => {
    const attempts: AttemptInput[] = [
      { status: null },
      { status: 200, ended: 'client-closed' },
      { status: null, ended: 'upstream-failed' },
      { status: 503 },
    ];
    expect(timelineOf(lane({ attempts })).map((step) => step.label)).toEqual([
      'reset',
      'left',
      'upstream-failed',
      '503',
    ]);
  });

  it('carry the marks of their keys and bodies', () => {
    const attempts: AttemptInput[] = [{ key: 'k-1' }, { key: 'k-1' }, { key: 'k-2', logical: 'op-2', digest: 'd-2' }];
    expect(timelineOf(lane({ attempts })).map(({ key, body }) => [key, body])).toEqual([
      ['A', 'a'],
      ['A', 'a'],
      ['B', 'b'],
    ]);
  });
});

describe('the end of a run', () => {
  const SECRETLY = { reported: false, exitCode: 0 } as const;

  it.each<[string, LaneInput, boolean]>([
    ['exit 0', { exitCode: 0 }, true],
    ['exit 1', { exitCode: 1 }, false],
    ['a trigger that is answered as expected', { triggerStatus: 200 }, true],
    ['a trigger that is answered otherwise', { triggerStatus: 502 }, false],
    ['a trigger that was, though the run went on', { triggerStatus: 200, ended: 'patience' }, false],
    ['nothing but a whole answer', SECRETLY, true],
    ['a whole answer after a failure', { ...SECRETLY, attempts: [{ status: 503 }, {}] }, true],
    ['a failure after a whole answer', { ...SECRETLY, attempts: [{}, { status: 503 }] }, false],
    ['a redirect', { ...SECRETLY, attempts: [{ status: 300 }] }, false],
    ['no answer', { ...SECRETLY, attempts: [{ status: null }] }, false],
    ['an answer that it did not wait for', { ...SECRETLY, attempts: [{ ended: 'client-closed' }] }, false],
    ['not one attempt', { ...SECRETLY, attempts: [] }, false],
  ])('by %s', (_, input, expected) => expect(succeeded(lane(input))).toBe(expected));

  it('is worded by what was seen', () => {
    const unanswered = lane({ triggerStatus: 200 });
    const hung: LaneRun = {
      ...unanswered,
      process: { ...unanswered.process, trigger: { status: null, expected: false, error: 'ECONNRESET' } },
    };
    expect([lane({ exitCode: 3 }), lane({ signal: 'SIGSEGV' }), lane({ triggerStatus: 502 }), hung].map(endOf)).toEqual(
      [
        'ended with exit 3',
        'was ended by SIGSEGV',
        'answered its trigger with 502',
        'gave its trigger no answer (ECONNRESET)',
      ],
    );
    expect([lane(), lane({ triggerStatus: 200 })].map(successOf)).toEqual(['exit 0', 'a success for the trigger']);
  });
});

describe('metFault', () => {
  it('takes a fault on any attempt, as far as it took place', () => {
    const met = (...attempts: AttemptInput[]) => metFault(lane({ attempts }));
    expect([met({}, { status: 503 }), met({}), met({ fault: 'the client had gone' })]).toEqual([true, false, false]);
  });
});

describe('operations and attempts', () => {
  const two: AttemptInput[] = [{}, { logical: 'op-2' }];

  it('are the same only where each run of the control made one attempt', () => {
    expect(oneOperationPerRun(control())).toBe(true);
    expect(oneOperationPerRun(runs({}, { attempts: two, repeat: 2 }))).toBe(false);
  });

  it('are told apart by their bodies where no call has a key', () => {
    const code = withoutTries(runs({ attempts: two }), runs(recovered('503')))?.code;
    expect(code).toBeUndefined();
  });
});

describe('lookedUp', () => {
  const call = (url: string, more: AttemptInput = {}): AttemptInput => ({
    target: false,
    method: 'GET',
    url,
    status: 200,
    ...more,
  });
  const usual = runs({ attempts: [call('/v1/ping'), {}, call('/v1/orders/ord_1')] });
  const found = (...attempts: AttemptInput[]) =>
    lookedUp([lane({ label: '503', attempts })], usual)?.because.match(/\((.*?)\)/)?.[1] ?? null;
  const failed: AttemptInput = { status: 503 };

  it('is a read after the failure that the control did not make', () => {
    expect(found(failed, call('/v1/orders?reference=7'))).toBe('GET /v1/orders');
    expect(found(failed, call('/v1/orders?reference=7'), call('/v1/logs', { method: 'POST' }))).toBe('GET /v1/orders');
    expect(found(failed, call('/v1/order-status'))).toBe('GET /v1/order-status');
  });

  it.each<[string, AttemptInput[]]>([
    ['what is read without faults, too', [failed, call('/v1/ping')]],
    ['a result that is read without faults, too, by another id', [failed, call('/v1/orders/ord_27bc')]],
    ['what was read before', [call('/v1/balance'), failed]],
    ['what is written', [failed, call('/v1/logs', { method: 'POST' })]],
    ['another attempt', [failed, {}]],
  ])('is not %s', (_, attempts) => expect(found(...attempts)).toBeNull());
});
