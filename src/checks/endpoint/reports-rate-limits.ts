import type { RateHeadersEvidence } from '../../evidence/map.js';
import { falls, remainingIn } from '../../evidence/rate-headers.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, plural, withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'reports-rate-limits',
  kind: 'endpoint',
  topic: 'Rate limits',
  severity: 'minor',
  title: 'Rate headers are present and fall as calls are made',
  why: 'Clients that slow down before the limit do it by these headers; wrong ones are worse than none.',
  fix: 'Check names and format of the headers (contract.rateLimit.headers); do not plan on figures that do not move.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/'],
  bounds: [
    'A figure that does not fall stays open where the limit may refill half as fast as the calls came, or faster.',
  ],
  needs: ['endpoint.rate-headers'],

  judge({ 'endpoint.rate-headers': { calls, batch, readings } }, contract) {
    const [first] = calls;
    const noControl = first === undefined ? null : withoutControl(first);
    if (first === undefined || noControl !== null) return noControl ?? inconclusive('no-calls', 'Nothing was called.');
    const faults = [...new Set(readings.flatMap((one) => one.faults))];
    const sound = readings.filter((one) => one.faults.length === 0);
    if (sound.length === 0)
      return fail('faulty', `${callOf(first)}: ${faults.slice(0, 3).join('; ')}.`, [first], {
        expected: 'the headers of contract.rateLimit.headers',
        measured: faults.slice(0, 3).join('; '),
      });
    const [start] = sound;
    const figures = remainingIn(sound);
    const { limit, resetMs } = start ?? {};
    const facts = [
      ...(limit == null ? [] : [`limit ${limit}`]),
      ...(resetMs == null ? [] : [`reset in ${Math.round(resetMs / 1000)} s`]),
    ].join(', ');
    if (figures.length === 0)
      return pass('present', `The headers are present (${facts || 'limit and reset'}).`, [first]);
    if (figures.length < 2)
      return inconclusive('too-few', `Only ${plural(figures.length, 'answer')} carried the headers.`, [first]);
    if (falls(figures))
      return pass('falls', `Remaining: ${shown(figures)}${facts === '' ? '' : ` (${facts})`}.`, calls);
    const refill = refillDuring(batch, start, contract.rateLimit?.quota);
    if (refill === null || 2 * refill >= batch.length - 1)
      return inconclusive(
        'refills',
        `Remaining: ${shown(figures)}; the limit may refill as fast as these calls came.`,
        [...calls, ...batch],
      );
    return fail(
      'constant',
      `Remaining: ${shown(figures)}, over ${plural(figures.length, 'call')}.`,
      [...calls, ...batch],
      {
        expected: 'a figure that falls',
        measured: shown(figures),
      },
    );
  },
});

const GRAIN_MS = 1000;

function shown(figures: readonly number[]): string {
  return figures.slice(0, 6).join(', ');
}

/** So many calls a steady refill may have given back while the batch was out; null: nothing tells. */
function refillDuring(
  batch: RateHeadersEvidence['batch'],
  reading: RateHeadersEvidence['readings'][number] | undefined,
  quota: { requests: number; windowMs: number } | undefined,
): number | null {
  const limit = reading?.limit ?? quota?.requests;
  // A documented quota of another figure is that of other paths, and its window is theirs.
  const documentedMs = limit === quota?.requests ? quota?.windowMs : undefined;
  // Of a bucket the reset says when it is full again, in whole seconds: the last of them tells nothing of its pace.
  const resetMs = (reading?.resetMs ?? 0) > GRAIN_MS ? reading?.resetMs : undefined;
  const windowMs = reading?.windowMs ?? documentedMs ?? resetMs;
  if (batch.length === 0 || limit == null || windowMs == null || windowMs <= 0) return null;
  const tookMs = Math.max(...batch.map((one) => one.endedAtMs)) - Math.min(...batch.map((one) => one.startedAtMs));
  return (limit * tookMs) / windowMs;
}
