import { describe, expect, it } from 'vitest';
import { judgeAskedWait, retryAfterOf } from '../../../src/checks/shared/asked-wait.js';
import { control, gaveUp, type LaneInput, lane, recovered, runs } from '../../helpers/lane.js';

const ASKED_MS = 2000;
const answerHeaders = [['retry-after', '2']] as const;
const asking = { askedMs: () => ASKED_MS, grainMs: 0, inSeconds: false };

/** `ownMs`: how long it waits where nothing is asked for. */
function codeOf(run: LaneInput, { ownMs = 200, grainMs = 0 } = {}): string {
  const unasked = [runs(recovered('503', {}, { waitMs: ownMs }))];
  return judgeAskedWait({ control: control(), under: runs(run), unasked }, { ...asking, grainMs }).code;
}
const cameBackAfter = (waitMs: number) => recovered('429', { answerHeaders }, { waitMs });

describe('judgeAskedWait', () => {
  it('judges a client that came back, though it was still running at the end of patience', () => {
    expect(codeOf({ ...cameBackAfter(400), ended: 'patience', durationMs: 5000 })).toBe('too-early');
    expect(codeOf({ ...cameBackAfter(ASKED_MS), ended: 'patience', durationMs: 5000 })).toBe('waited');
  });

  it('counts what is left of patience from the answer that asked', () => {
    const waiting = (durationMs: number) =>
      codeOf({ ...gaveUp('429', { answerHeaders, heldMs: 4000 }), ended: 'patience', durationMs });
    expect([waiting(11_000), waiting(12_000)]).toEqual(['still-waiting', 'too-late']);
  });

  it('leaves open what its own wait explains as well, however little shorter than asked that is', () => {
    expect([1900, 1960, 2010].map((ownMs) => codeOf(cameBackAfter(ASKED_MS), { ownMs }))).toEqual([
      'waited',
      'own-wait',
      'own-wait',
    ]);
    expect(codeOf(cameBackAfter(ASKED_MS), { ownMs: 1500, grainMs: 1000 })).toBe('own-wait');
  });
});

describe('retryAfterOf', () => {
  it('reads the field by its name, in any case', () => {
    const asked = (name: string) =>
      lane({
        attempts: [
          {
            status: 429,
            answerHeaders: [
              ['Content-Type', 'text/plain'],
              [name, '2'],
            ],
          },
        ],
      });
    for (const name of ['retry-after', 'Retry-After'])
      expect(asked(name).recording.attempts.map(retryAfterOf), name).toEqual(['2']);
    expect(asked('X-Retry-In').recording.attempts.map(retryAfterOf)).toEqual([undefined]);
  });
});
