import { hasStatus, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, plural, seen } from '../shared/answers.js';

/** Refusals that may be the fault of the call as the config describes it. */
const OF_THE_REQUEST = [400, 401, 402, 403, 409, 422];

export default defineCheck({
  id: 'accepts-batches',
  kind: 'endpoint',
  topic: 'Paging and batches',
  severity: 'minor',
  title: 'A batch creates every item, or reports on each',
  why: 'An item that a batch loses silently is an order that nobody delivers and nobody misses.',
  fix: 'Compare the number of results with the number of items in your code; tell the provider which are missing.',
  refs: ['https://google.aip.dev/233'],
  needs: ['endpoint.batch'],

  judge({ 'endpoint.batch': { call, sent, results, counted } }, contract) {
    const what = `${callOf(call)} with ${plural(sent, 'item')}`;
    if (hasStatus(call, OF_THE_REQUEST))
      return inconclusive(
        'not-accepted',
        `${what} was answered ${seen(call)}: its body in the config may not be valid, or the key may not send batches.`,
        [call],
      );
    if (!isSuccess(call))
      return fail('refused', `${what} was answered ${seen(call)}.`, [call], {
        expected: 'a success, or a result for each item',
        measured: seen(call),
      });
    // A list that shows some of them shows all; one that shows none may look elsewhere, and a look-up shows one.
    const stored = counted?.how === 'look-up' ? 0 : (counted?.resources ?? 0);
    if (results === null) {
      if (stored === sent) return pass('created', `${what} made ${plural(stored, 'resource')} (counted).`, [call]);
      if (stored > sent)
        return inconclusive(
          'uncounted',
          `${what} was counted as ${plural(stored, 'resource')}: somebody else creates too, or endpoint.operations.create.count shows more than these.`,
          [call],
        );
      if (stored > 0)
        return fail('incomplete', `${what} made ${plural(stored, 'resource')} (counted).`, [call], {
          expected: String(sent),
          measured: String(stored),
        });
      return inconclusive(
        'no-results',
        `${what} was answered ${seen(call)} without a list at ${contract.batch?.results ?? contract.batch?.items ?? 'its top'} (contract.batch.results).`,
        [call],
      );
    }
    const created = results.filter((one) => one.id !== null && (one.status ?? 0) < 400);
    const made = created.length;
    const refused = results.length - made;
    const figures = { expected: `${sent} results`, measured: `${results.length}` };
    if (results.length < sent)
      return fail(
        'incomplete',
        `${what} was answered ${seen(call)} with ${plural(results.length, 'result')}.`,
        [call],
        figures,
      );
    if (stored > 0 && stored < made)
      return fail(
        'not-stored',
        `${what} reports ${made} created, but ${plural(stored, 'resource')} can be found.`,
        [call],
        {
          expected: String(made),
          measured: String(stored),
        },
      );
    const ids = new Set(created.map((one) => one.id));
    if (ids.size < made)
      return fail('repeated', `${what} reports ${made} created, but names only ${plural(ids.size, 'id')}.`, [call], {
        expected: `${made} ids`,
        measured: String(ids.size),
      });
    if (made === 0)
      return inconclusive(
        'none-created',
        `${what} was answered ${seen(call)} with every item refused: those in the config may not be valid.`,
        [call],
      );
    if (refused > 0) return pass('reported', `${what}: ${made} created, ${refused} refused, each by name.`, [call]);
    return pass('created', `${what} was answered ${seen(call)} with ${plural(made, 'id')}.`, [call]);
  },
});
