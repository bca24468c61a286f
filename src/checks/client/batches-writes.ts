import { getPointer } from '../../evidence/pointer.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { type Call, callsTo, shown, withoutWorkload } from '../shared/workloads.js';

/** How many items a batch holds; null: that cannot be read. */
function itemsIn({ request: { body } }: Call, pointer: string | undefined): number | null {
  if (pointer === undefined || body === null) return null;
  try {
    const items = getPointer(JSON.parse(body.text), pointer);
    return Array.isArray(items) ? items.length : null;
  } catch {
    return null;
  }
}

export default defineCheck({
  id: 'batches-writes',
  kind: 'client',
  topic: 'Paging and batches',
  severity: 'minor',
  title: 'Several creates go out as one batch',
  why: 'Sent one by one, they take as many calls, and the rate limit stops them half way.',
  fix: 'Collect what is created together and send it through the batch operation, in groups of its maximum.',
  refs: ['https://google.aip.dev/233'],
  promises: ['contract.batch'],
  needs: ['client.many-creates'],

  judge({ 'client.many-creates': { runs, operation } }, contract) {
    const { batch } = contract;
    if (batch === undefined) return notApplicable('unset', 'Applies with contract.batch.');
    const unable = withoutWorkload(runs);
    if (unable !== null) return unable;
    const batches = callsTo(runs, batch.operation);
    const singles = callsTo(runs, operation);
    const expected = `calls of ${batch.operation}`;
    if (singles.length > 1)
      return fail(
        batches.length === 0 ? 'one-by-one' : 'mixed',
        `${plural(singles.length, 'create')} went out one by one${batches.length === 0 ? '' : `, beside ${plural(batches.length, 'batch', 'batches')}`}.`,
        shown(singles),
        { expected, measured: plural(singles.length, `call of ${operation}`, `calls of ${operation}`) },
      );
    const sizes = batches.map((call) => itemsIn(call, batch.items));
    const isOne = batches.length + singles.length === 1 && sizes.every((size) => size === 1);
    if (batches.length === 0 || isOne)
      return inconclusive(
        'too-few',
        'The workload created fewer than two, which needs no batch.',
        shown([...singles, ...batches]),
      );
    const largest = Math.max(...sizes.map((size) => size ?? 0));
    if (batch.maximum !== undefined && largest > batch.maximum)
      return fail(
        'overfull',
        `A batch holds ${largest} items, where ${batch.maximum} is the maximum.`,
        shown(batches),
        {
          expected: `at most ${batch.maximum}`,
          measured: String(largest),
        },
      );
    if (sizes.every((size) => size === 1))
      return fail('batches-of-one', `${plural(batches.length, 'batch', 'batches')} of one item each.`, shown(batches), {
        expected: 'several items in a batch',
        measured: 'one',
      });
    return pass('batched', `Sent as ${plural(batches.length, 'batch', 'batches')}.`, shown(batches));
  },
});
