// Several runs of one target as one report.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OUTCOMES, type Outcome } from '../../src/checks/verdict.js';
import type { Exchange } from '../../src/evidence/exchange.js';
import type { ReportAttempt } from '../../src/report/attempts.js';
import { worstOf } from '../../src/report/repeated.js';
import { reportSchema } from '../../src/report/schema.js';
import { exchange } from '../helpers/exchange.js';
import { check, report } from './made.js';

const REDDEST: readonly Outcome[] = ['fail', 'error', 'inconclusive', 'pass', 'not-applicable'];

const call = (id: string, repeats: string | null = null): Exchange => ({ ...exchange(), id, repeats });

const attempt = (id: string): ReportAttempt => ({
  id,
  scenario: 'one 503',
  repeat: 1,
  method: 'POST',
  url: 'http://127.0.0.1/v1/orders',
  idempotencyKey: null,
  bodySha256: null,
  fault: null,
  status: 503,
  requestId: null,
  ended: 'complete',
  endedBy: null,
  firstByteAtMs: 1,
  endedAtMs: 2,
});

it('leaves a single run as it is', () => {
  const only = report([check('replays', 'pass')]);
  expect(worstOf([only], [])).toBe(only);
});

it('takes the worst verdict of each check, and shows the verdicts of all runs with what they rest on', () => {
  const passed = check('replays', 'pass', { at: ['replay.1'] });
  const failed = check('replays', 'fail', { code: 'new-id', because: 'A second order.', at: ['replay.1', 'lane.1'] });
  const same = check('rejects', 'pass', { at: ['other.1'] });
  const exchanges = [call('first.1'), call('replay.1', 'first.1'), call('other.1')];
  const attempts = [attempt('lane.1')];
  const runs = [passed, failed, passed].map((one) => report([one, same], { exchanges, attempts }));
  const merged = worstOf(runs, []);
  expect(merged.checks[0]).toEqual({
    ...failed,
    because: 'A second order. (It changed from run to run: pass, fail, pass.)',
    at: ['replay.1@2', 'lane.1@2'],
    runs: [
      { run: 1, outcome: 'pass', code: 'seen', because: passed.because, at: ['replay.1'] },
      { run: 2, outcome: 'fail', code: 'new-id', because: 'A second order.', at: ['replay.1@2', 'lane.1@2'] },
      { run: 3, outcome: 'pass', code: 'seen', because: passed.because, at: ['replay.1@3'] },
    ],
  });
  expect(merged.checks[1]).toEqual(same);
  expect(merged.exchanges.map(({ id, repeats }) => [id, repeats])).toEqual([
    ['first.1', null],
    ['replay.1', 'first.1'],
    ['other.1', null],
    ['replay.1@2', 'first.1@2'],
    ['replay.1@3', 'first.1@3'],
  ]);
  expect(merged.attempts.map(({ id }) => id)).toEqual(['lane.1', 'lane.1@2']);
  expect([merged.verdict, merged.exitCode, merged.totals.fail, merged.totals.pass]).toEqual(['no-go', 1, 1, 1]);
  expect(merged.run).toMatchObject({ repeats: 3, durationMs: 3 * 4210 });
  expect(merged.notes).toEqual([
    'All ran 3 times, and the worst verdict of each check counts. Changed from run to run: replays.',
  ]);
  expect(reportSchema.safeParse(merged).error).toBeUndefined();
});

it('says that nothing changed', () => {
  const one = report([check('replays', 'fail')]);
  const merged = worstOf([one, one], []);
  expect(merged.notes).toEqual(['All ran 2 times; no check changed from one run to another.']);
  expect(merged.checks).toEqual(one.checks);
});

it('never makes a check greener than in any run, whatever the order', () => {
  const outcomes = fc.array(fc.constantFrom(...OUTCOMES), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(outcomes, (given) => {
      const one = (outcome: Outcome) => report([check('replays', outcome, { severity: 'blocker' })]);
      const merged = worstOf(given.map(one), []);
      const worst = REDDEST.find((outcome) => given.includes(outcome));
      expect(merged.checks[0]?.outcome).toBe(worst);
      expect(merged.checks[0]?.runs?.length ?? 0).toBe(new Set(given).size > 1 ? given.length : 0);
      if (given.length > 1) expect(merged.verdict === 'go').toBe(worst === 'pass');
    }),
  );
});

it('keeps a waiver out of the stale ones that hid a failure once', () => {
  const stale = { check: 'replays', reason: 'known', by: 'ops', until: '2030-01-01', outcome: 'pass' } as const;
  const passed = report([check('replays', 'pass')], { staleWaivers: [stale] });
  const waiver = { reason: 'known', by: 'ops', until: '2030-01-01' };
  const failed = report([check('replays', 'fail', { waiver })]);
  const merged = worstOf([passed, failed], []);
  expect(merged.staleWaivers).toEqual([]);
  expect([merged.checks[0]?.waiver, merged.totals.waived]).toEqual([waiver, 1]);
  expect(worstOf([passed, passed], []).staleWaivers).toEqual([stale]);
});
