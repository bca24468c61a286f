// What a fast run leaves open: what it cut short, and what takes repeats to tell.
import { expect, it } from 'vitest';
import backsOff from '../../src/checks/client/backs-off-exponentially.js';
import boundsAttempts from '../../src/checks/client/bounds-attempts.js';
import retries from '../../src/checks/client/retries-server-errors.js';
import timesOut from '../../src/checks/client/times-out.js';
import type { Check } from '../../src/checks/verdict.js';
import { contractSchema } from '../../src/config/schema.js';
import type { Evidence, GatheredMap } from '../../src/evidence/map.js';
import { judge } from '../../src/judge.js';
import { control, everyFault, facts, gaveUp, outage, recovered, runs } from '../helpers/lane.js';

const HELD = runs({ label: 'no answer', attempts: [{ status: null, heldMs: 15_000 }], ended: 'patience' });
const GAVE_UP = runs({ label: 'no answer', attempts: [{ status: null, heldMs: 3000, endedBy: 'client' }] });

/** Outcome and code, in a full run and in a fast one. */
function both(check: unknown, evidence: Partial<Evidence>, patienceMs = 60_000): string[] {
  return [false, true].map((isFast) => {
    const value = { ...facts(), patienceMs, ...(isFast ? { isFast } : {}) };
    const all = Object.entries({ ...evidence, 'client.facts': value }).map(([key, one]) => [
      key,
      { ok: true, value: one },
    ]);
    const planned = [{ check: check as Check, severity: 'major' as const }];
    const [one] = judge(planned, Object.fromEntries(all) as GatheredMap, contractSchema.parse({}));
    return `${one?.outcome} ${one?.code}`;
  });
}

it('keeps what one run of each fault settles', () => {
  const told = (under: ReturnType<typeof runs>) =>
    both(retries, { 'client.control': control(), 'client.server-errors': under });
  expect(told(runs(recovered('503')))).toEqual(['pass retried', 'pass retried']);
  expect(told(runs(gaveUp('503')))).toEqual(['fail not-retried', 'fail not-retried']);
  expect(both(timesOut, { 'client.control': control(), 'client.hang': GAVE_UP })).toEqual([
    'pass gave-up',
    'pass gave-up',
  ]);
});

it('leaves open what takes repeats', () => {
  const waits = Array.from({ length: 5 }, () => [500, 1000, 2000]);
  const told = both(backsOff, { 'client.control': control(), 'client.outage': outage(waits) });
  expect(told).toEqual(['pass grows', 'inconclusive fast']);
  const never = both(backsOff, { 'client.control': control(), 'client.outage': outage([[]]) });
  expect(never).toEqual(['inconclusive too-few-waits', 'inconclusive too-few-waits']);
});

it('leaves open a failure of a run that it cut short, and a pass beside one', () => {
  expect(both(timesOut, { 'client.control': control(), 'client.hang': HELD })).toEqual([
    'fail no-time-out',
    'inconclusive fast',
  ]);
  const passing = everyFault({ 'client.outage': outage([[500, 1000]]) });
  expect(both(boundsAttempts, passing)).toEqual(['pass stopped', 'pass stopped']);
  expect(both(boundsAttempts, { ...passing, 'client.hang': HELD })).toEqual(['pass stopped', 'inconclusive fast']);
});

it('lets a failure stand that another run shows', () => {
  const many = everyFault({ 'client.outage': outage([Array.from({ length: 12 }, () => 100)]) });
  expect(both(boundsAttempts, { ...many, 'client.hang': HELD })).toEqual(['fail too-many', 'fail too-many']);
});
