import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { callsIn } from '../shared/clients.js';

export default defineCheck({
  id: 'omits-key-on-reads',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'minor',
  title: 'Reads carry no idempotency key',
  why: 'Some providers reject it there, and it hides which calls are really protected.',
  fix: 'Attach the key per operation, not to every call of the HTTP client.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: ['contract.idempotency.noneOnReads: true'],
  needs: ['client.lanes'],

  judge({ 'client.lanes': { runs } }, contract) {
    if (contract.idempotency?.noneOnReads !== true)
      return notApplicable('unset', 'Applies with contract.idempotency.noneOnReads: true.');
    const reads = callsIn(runs).filter((call) => ['GET', 'HEAD', 'DELETE'].includes(call.request.method));
    if (reads.length === 0) return inconclusive('no-reads', 'Your client sent no GET or DELETE.');
    const keyed = reads.find((call) => call.request.idempotencyKey !== null);
    if (keyed === undefined)
      return pass(
        'omitted',
        `${plural(reads.length, 'read')} without a key.`,
        reads.slice(0, 2).map((call) => call.id),
      );
    return fail('sent', `${keyed.request.method} ${keyed.request.url.split('?')[0]} carries a key.`, [keyed.id], {
      expected: 'none',
      measured: 'a key',
    });
  },
});
