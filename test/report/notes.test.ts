import { describe, expect, it } from 'vitest';
import type { GatheredMap } from '../../src/evidence/map.js';
import type { LaneRun } from '../../src/evidence/run.js';
import { notesOf } from '../../src/report/notes.js';
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
    const leaving = (repeat: number, ...commands: string[]): LaneRun => {
      const run = lane({ repeat });
      return {
        ...run,
        process: { ...run.process, left: commands.map((command) => ({ command, ended: command !== 'sudo x' })) },
      };
    };
    expect(notesOf(evidenceOf(lane(), leaving(2, 'node a'), leaving(3, 'node a', 'b', 'c', 'd')))).toEqual([
      'Your client left processes running beyond its process group after 2 runs; they were ended: node a, b, c and 1 more.',
    ]);
    expect(notesOf(evidenceOf(leaving(2, 'node a', 'sudo x')))).toEqual([
      expect.stringMatching(/after one run; they were ended: node a\.$/),
      expect.stringMatching(/still run: sudo x\.$/),
    ]);
  });

  it('tell of output that was too much, and of logs that are no files', () => {
    const [small, large] = [lane({ repeat: 2, outputMiB: 3 }), lane({ repeat: 3, outputMiB: 1000 })];
    expect(notesOf(evidenceOf(lane(), small, large))).toEqual([
      'Your client printed and logged 1000.0 MiB in one of 2 such runs, too much to be kept: only the beginning and the end were searched.',
    ]);
    const run = lane({ repeat: 4 });
    const unread: LaneRun = { ...run, process: { ...run.process, unreadLogs: ['a is a pipe', 'b is a device'] } };
    expect(notesOf(evidenceOf(unread, unread))).toEqual([
      'client.logs: a is a pipe, b is a device, so nothing of it was read.',
    ]);
  });
});
