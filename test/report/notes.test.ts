import { describe, expect, it } from 'vitest';
import type { LaneRun } from '../../src/lanes/run.js';
import { notesOf } from '../../src/report/notes.js';
import type { GatheredMap } from '../../src/types.js';
import { lane } from '../helpers/lane.js';

const evidenceOf = (...runs: LaneRun[]): GatheredMap => ({ 'client.control': { ok: true, value: { runs } } });

describe('notes of a report', () => {
  it('are none where nothing is to be said, or nothing was gathered', () => {
    expect(notesOf(evidenceOf(lane()))).toEqual([]);
    expect(notesOf({ 'client.control': { ok: false, why: 'interrupted', detail: 'the run was interrupted' } })).toEqual(
      [],
    );
  });

  it('name an open proxy once, also in delays', () => {
    const run: LaneRun = { ...lane(), openProxy: true };
    expect(notesOf(evidenceOf(run, run))).toEqual([expect.stringMatching(/interceptAuth is off/)]);
    expect(notesOf({ 'client.delays': { ok: true, value: { delays: [{ ms: 5, run }] } } })).toHaveLength(1);
  });
});
