import { describe, expect, it } from 'vitest';
import type { GatheredMap } from '../../src/evidence/map.js';
import { namedAttempts } from '../../src/report/attempts.js';
import { lane, runs } from '../helpers/lane.js';

describe('attempts in the report', () => {
  const run = lane({ label: '503', attempts: [{ status: 503, key: 'k-1', fault: true }, { key: 'k-1' }] });
  const again = lane({ label: '503', repeat: 2, attempts: [{ status: 503, key: 'k-2', fault: true }] });
  const other = lane({ label: '500', attempts: [{ status: 500, fault: true }] });
  const [first, second] = run.recording.attempts;
  const evidence: GatheredMap = {
    'client.control': { ok: true, value: runs({}) },
    'client.server-errors': { ok: true, value: { runs: [run, again, other] } },
    // The same run, seen by another probe.
    'client.lanes': { ok: true, value: { runs: [run] } },
    'client.hang': { ok: false, why: 'interrupted', detail: 'stopped' },
  };

  it('are those that a verdict names, once each, and those that they are compared with', () => {
    const named = namedAttempts(evidence, new Set([first?.id ?? '', second?.id ?? '', 'replay.first']));
    expect(named.map((one) => [one.scenario, one.status, one.idempotencyKey])).toEqual([
      ['no fault', 201, null],
      ['503', 503, 'k-1'],
      ['503', 201, 'k-1'],
      ['503', 503, 'k-2'],
    ]);
    expect(named[1]?.fault).not.toBeNull();
    expect(named[2]?.fault).toBeNull();
  });

  it('are found wherever the evidence holds runs', () => {
    const runUnder = (label: string) => lane({ label, attempts: [{ status: 429, fault: true }] });
    const [late, free, limited] = [runUnder('late'), runUnder('free'), runUnder('limited')];
    const others: GatheredMap = {
      'client.delays': { ok: true, value: { delays: [{ ms: 5, run: late }] } },
      'client.limited': { ok: true, value: { operation: 'create', free: [free], limited: [limited] } },
    };
    const ids = [late, free, limited].flatMap((one) => one.recording.attempts.map(({ id }) => id));
    expect(namedAttempts(others, new Set(ids)).map(({ id }) => id)).toEqual(ids);
  });

  it('are none where no verdict names any', () => {
    expect(namedAttempts(evidence, new Set())).toEqual([]);
  });
});
