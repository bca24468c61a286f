import check from '../../../src/checks/client/times-out.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { AttemptInput, LaneInput } from '../../helpers/lane.js';
import { control, facts, runs, unable } from '../../helpers/lane.js';

const evidence = (inputs: readonly LaneInput[], patienceMs = 60_000) => ({
  'client.facts': facts({ patienceMs }),
  'client.control': control(),
  'client.hang': runs(...inputs),
});
const left = (heldMs: number): AttemptInput => ({ status: null, heldMs, ended: 'client-closed', endedBy: 'client' });
const given = (heldMs: number, rest: Partial<LaneInput> = {}): LaneInput[] =>
  ['no answer', 'headers, then silence'].map((label) => ({ label, attempts: [left(heldMs)], ...rest }));
const held = (patienceMs: number) => given(patienceMs, { ended: 'patience', durationMs: patienceMs + 300 });
/** A call of another kind 3 s before; patience counts from it. */
const late = (heldMs: number): LaneInput => ({
  label: 'no answer',
  attempts: [
    { method: 'GET', target: false, status: 200 },
    { ...left(heldMs), waitMs: 3000 },
  ],
  ended: 'patience',
});
/** Each call is let go of by whoever waited for it, and stays open: one after 4 s, the next beside it. */
const abandoned = (rest: Partial<LaneInput> = {}): LaneInput[] => {
  const open = { status: null, heldMs: 60_000, ended: 'we-hung', endedBy: 'us' } as const;
  return given(0, { attempts: [open, { ...open, waitMs: -56_000 }], ended: 'patience', durationMs: 60_300, ...rest });
};

judgeCases(check, {
  ...unable((control, under) => ({ 'client.facts': facts(), 'client.control': control, 'client.hang': under })),
  'gave-up': [
    {
      outcome: 'pass',
      evidence: evidence(given(29_800)),
      says: /no answer: after 30 s; headers, then silence: after 30 s/,
    },
    {
      outcome: 'pass',
      evidence: evidence(
        given(10_000, { attempts: [left(10_000), left(10_000)], ended: 'patience', durationMs: 60_300 }),
      ),
      name: 'it gave each call up, and tried on to the end',
    },
    { outcome: 'pass', evidence: evidence(given(5_000), 20_000), name: 'a short patience was enough' },
    { outcome: 'pass', evidence: evidence(given(30_500), 31_000), name: 'just before patience ended' },
    { outcome: 'pass', evidence: evidence([late(29_800)]), name: 'after another call' },
  ],
  impatient: [
    {
      outcome: 'inconclusive',
      evidence: evidence(held(30_999), 30_999),
      says: /\(30999 ms\) .* set client\.patience: 31000 or more\.$/,
    },
    { outcome: 'inconclusive', evidence: evidence(held(20_000), 20_000) },
    {
      outcome: 'inconclusive',
      evidence: evidence([late(30_000)], 33_000),
      says: /still waited after 30 s.* set client\.patience: 35000 or more/,
      name: 'a patience that the calls before it took up',
    },
  ],
  'no-time-out': [
    { outcome: 'fail', evidence: evidence(held(31_000), 31_000), name: 'patience just long enough' },
    {
      outcome: 'fail',
      evidence: evidence([...given(10_000).slice(0, 1), ...held(60_000).slice(1)]),
      says: /headers, then silence/,
      name: 'a time-out for the headers only',
    },
    {
      outcome: 'fail',
      evidence: evidence(abandoned()),
      says: /no answer: it sent the call again after 4\.0 s, but held on to the first one and was still running after 60 s/,
      name: 'it gave the promise up, not the call',
    },
    {
      outcome: 'fail',
      evidence: evidence(abandoned({ triggerStatus: 202, reported: false })),
      name: 'a trigger that is answered early says nothing',
    },
    {
      outcome: 'fail',
      evidence: evidence(abandoned({ triggerStatus: null })),
      name: 'a trigger without an answer, too',
    },
    {
      outcome: 'fail',
      evidence: evidence([{ label: 'no answer', ended: 'patience', attempts: [left(59_500)] }]),
      name: 'let go of when its patience ended',
    },
    {
      outcome: 'fail',
      evidence: evidence([late(57_050)]),
      says: /it still waited after 57 s/,
      name: 'let go of when a patience ended that began with an earlier call',
    },
  ],
  'left-open': [
    {
      outcome: 'inconclusive',
      evidence: evidence(abandoned({ triggerStatus: 502 })),
      says: /trigger with 502, but the call that it gave up/,
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(
        given(0, {
          attempts: [{ status: null, heldMs: 60_000, ended: 'we-hung', endedBy: 'us' }],
          ended: 'patience',
          triggerStatus: 502,
        }),
      ),
      says: /trigger with 502, but the call stayed open for 60 s/,
      name: 'without a second attempt',
    },
  ],
});
