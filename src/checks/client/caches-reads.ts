import type { LaneRun } from '../../evidence/run.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { callsIn, seconds } from '../shared/clients.js';
import { type Call, isAnswered, pathOf, shown, withoutWorkload } from '../shared/workloads.js';

// Timers are coarse.
const TOLERANCE = 0.05;
const TOLERANCE_MS = 50;

/** The documented lifetime of what a call reads, ms; undefined: none is documented. */
function lifetimeOf(call: Call, run: LaneRun, caching: Readonly<Record<string, number>>): number | undefined {
  const base = literally(new URL(run.recording.url).pathname.replace(/\/$/, ''));
  const path = pathOf(call);
  return Object.entries(caching).find(([template]) => {
    const parts = template.split(/\{\{?[^{}]*\}\}?/).map(literally);
    return new RegExp(`^${base}${parts.join('[^/]+')}/?$`).test(path);
  })?.[1];
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

export default defineCheck({
  id: 'caches-reads',
  kind: 'client',
  topic: 'Rate limits',
  severity: 'minor',
  title: 'Cacheable answers are not read again',
  why: 'Reading what has not changed spends the rate limit and your own time.',
  fix: 'Keep the answers that the provider lets you keep, for as long as it says, in one place that all callers use.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9111#section-4.2'],
  bounds: [
    `A read up to ${TOLERANCE * 100} % or ${TOLERANCE_MS} ms before the end of the lifetime is no read too many.`,
  ],
  promises: ['contract.caching'],
  needs: ['client.reads'],

  judge({ 'client.reads': { runs } }, contract) {
    const { caching } = contract;
    if (caching === undefined) return notApplicable('unset', 'Applies with contract.caching.');
    const unable = withoutWorkload(runs);
    if (unable !== null) return unable;
    const reads = runs.flatMap((run) =>
      callsIn([run]).flatMap((call) => {
        const lifetimeMs =
          call.request.method === 'GET' && isAnswered(call) ? lifetimeOf(call, run, caching) : undefined;
        return lifetimeMs === undefined ? [] : [{ call, lifetimeMs }];
      }),
    );
    const calls = reads.map(({ call }) => call);
    if (reads.length === 0)
      return inconclusive('not-read', 'The workload read nothing under a path of contract.caching.');
    const lastBy = new Map<string, Call>();
    for (const { call, lifetimeMs } of reads) {
      const before = lastBy.get(call.request.url);
      lastBy.set(call.request.url, call);
      if (before === undefined) continue;
      // From the moment it asked: the time that the answer took counts, too (RFC 9111, 4.2.3).
      const ageMs = call.times.firstByteAtMs - before.times.firstByteAtMs;
      if (ageMs < lifetimeMs - Math.max(TOLERANCE_MS, lifetimeMs * TOLERANCE))
        return fail(
          'read-again',
          `${pathOf(call)} is read again after ${seconds(ageMs)}, though its answer may be reused for ${seconds(lifetimeMs)}.`,
          [before.id, call.id],
          { expected: `one read in ${seconds(lifetimeMs)}`, measured: `two within ${seconds(ageMs)}` },
        );
    }
    return pass(
      'reused',
      `${plural(reads.length, 'read')} of ${plural(lastBy.size, 'address', 'addresses')}, none again within its lifetime.`,
      shown(calls),
    );
  },
});
