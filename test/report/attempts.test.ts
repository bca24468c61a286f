import { describe, expect, it } from 'vitest';
import type { GatheredMap } from '../../src/evidence/map.js';
import { namedAttempts } from '../../src/report/attempts.js';
import { lane, runs } from '../helpers/lane.js';

describe('attempts in the report', () => {
  const run = lane({ label: '503', attempts: [{ status: 503, key: 'k-1', fault: true }, { key: 'k-1' }] });
  const [first, second] = run.recording.attempts;
  const evidence: GatheredMap = {
    'client.control': { ok: true, value: runs({}) },
    'client.server-errors': { ok: true, value: { runs: [run] } },
    // The same run, seen by another probe.
    'client.lanes': { ok: true, value: { runs: [run] } },
    'client.hang': { ok: false, why: 'interrupted', detail: 'stopped' },
  };

  it('are those that a verdict names, once each', () => {
    const named = namedAttempts(evidence, new Set([first?.id ?? '', second?.id ?? '', 'replay.first']));
    expect(named.map((one) => [one.scenario, one.status, one.idempotencyKey])).toEqual([
      ['503', 503, 'k-1'],
      ['503', 201, 'k-1'],
    ]);
    expect(named[0]?.fault).not.toBeNull();
    expect(named[1]?.fault).toBeNull();
  });

  it('are none where no verdict names any', () => {
    expect(namedAttempts(evidence, new Set())).toEqual([]);
  });
});
