import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { callsIn } from '../shared/clients.js';
import { type Call, pathOf, shown, withoutWorkload } from '../shared/workloads.js';

function overlap(one: Call, other: Call): boolean {
  return other.times.firstByteAtMs < (one.times.endedAtMs ?? Number.POSITIVE_INFINITY);
}

export default defineCheck({
  id: 'coalesces-duplicate-requests',
  kind: 'client',
  topic: 'Rate limits',
  severity: 'minor',
  title: 'Equal reads at the same time become one call',
  why: 'When many users ask for the same thing at once, each of them costs a call that the first one could answer.',
  fix: 'Remember the promise of a read that is under way, and hand it to whoever asks for the same meanwhile.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9111#section-4'],
  needs: ['client.concurrent-reads'],

  judge({ 'client.concurrent-reads': { runs } }) {
    const unable = withoutWorkload(runs);
    if (unable !== null) return unable;
    const reads = callsIn(runs).filter((call) => call.request.method === 'GET');
    if (reads.length === 0) return inconclusive('not-read', 'The workload sent no GET.');
    const addresses = new Set(reads.map((call) => call.request.url));
    for (const [at, read] of reads.entries()) {
      const twin = reads.slice(at + 1).find((call) => call.request.url === read.request.url && overlap(read, call));
      if (twin !== undefined)
        return fail(
          'duplicated',
          `${pathOf(read)} is asked for again while the first call is under way.`,
          [read.id, twin.id],
          {
            expected: 'one call',
            measured: plural(reads.filter((call) => call.request.url === read.request.url).length, 'call'),
          },
        );
    }
    if (addresses.size < reads.length)
      return inconclusive(
        'in-turn',
        'The workload read the same thing several times, but one after the other: it must ask at once.',
        shown(reads),
      );
    return pass('coalesced', `One call for each of ${plural(addresses.size, 'address', 'addresses')}.`, shown(reads));
  },
});
