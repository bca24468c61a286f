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

  it('name what a client left running, each once, and apart what could not be ended', () => {
    const leaving = (...commands: string[]): LaneRun => {
      const run = lane();
      return {
        ...run,
        process: { ...run.process, left: commands.map((command) => ({ command, ended: command !== 'sudo x' })) },
      };
    };
    expect(notesOf(evidenceOf(lane(), leaving('node a'), leaving('node a', 'b', 'c', 'd')))).toEqual([
      'Your client left processes running beyond its process group after 2 runs; they were ended: node a, b, c and 1 more.',
    ]);
    expect(notesOf(evidenceOf(leaving('node a', 'sudo x')))).toEqual([
      expect.stringMatching(/after one run; they were ended: node a\.$/),
      expect.stringMatching(/still run: sudo x\.$/),
    ]);
  });
});
