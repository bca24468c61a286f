import type { LaneRun } from '../../evidence/run.js';
import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { type Attempt, callsIn, succeeded, takesNoKey } from '../shared/clients.js';
import { runsOfOperation } from '../shared/one-operation.js';
import { KEY_PLACE } from '../shared/promises.js';
import type { Call } from '../shared/workloads.js';

/** A key whose run had ended well before another run, which sends it again, began: nothing was under way any more. */
function usedAgain(runs: readonly LaneRun[]): { first: Attempt; again: Attempt } | null {
  const done = runs.filter((run) => succeeded(run) && run.restartedAtMs === null);
  for (const before of done) {
    const endedAtEpochMs = before.recording.startedAtEpochMs + before.recording.durationMs;
    const first = attemptsOf(before).find((call) => call.request.idempotencyKey !== null);
    const later = runs.filter((run) => run.recording.startedAtEpochMs > endedAtEpochMs);
    const again = later
      .flatMap((run) => attemptsOf(run))
      .find(
        (call) => call.request.idempotencyKey !== null && call.request.idempotencyKey === first?.request.idempotencyKey,
      );
    if (first !== undefined && again !== undefined) return { first, again };
  }
  return null;
}

export default defineCheck({
  id: 'uses-fresh-key-per-operation',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'Two operations never share an idempotency key',
  why: "The second operation under a used key is answered with the first one's result, and never performed.",
  fix: 'Make a new key for each operation, keep it for the retries of that operation only.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: [KEY_PLACE],
  needs: ['client.control', 'client.lanes'],

  judge({ 'client.control': control, 'client.lanes': { runs: all } }, contract) {
    const { runs } = control;
    if (contract.idempotency?.header === undefined && contract.idempotency?.bodyField === undefined) {
      return notApplicable('unset', 'Applies with contract.idempotency.header (or bodyField).');
    }
    const keyed = runs.map((run) => attemptsOf(run).filter((call) => call.request.idempotencyKey !== null));
    // Workloads perform several operations each; under faults another body under the same key is another mistake.
    const faultless = callsIn(all.filter((run) => run.recording.script === null));
    const firstUse = new Map<string, Call>();
    for (const call of faultless) {
      const { idempotencyKey, method } = call.request;
      if (idempotencyKey === null || !contract.idempotency.methods.some((one) => one === method)) continue;
      const use = `${call.operation} ${idempotencyKey}`;
      const first = firstUse.get(use) ?? call;
      firstUse.set(use, first);
      if (first.logical !== call.logical)
        return fail(
          'reused',
          `Two calls with different bodies carry the same key ${idempotencyKey}.`,
          [first.id, call.id],
          {
            expected: 'two keys',
            measured: 'one key, two bodies',
          },
        );
    }
    const keyless = takesNoKey(control, contract.idempotency.methods);
    if (keyless !== null) return keyless;
    const calls = keyed.map(([first]) => first).filter((call) => call !== undefined);
    const [one, other] = calls;
    if (one === undefined || other === undefined)
      return inconclusive(
        'no-keys',
        'Fewer than two runs sent an idempotency key.',
        calls.map((call) => call.id),
      );
    const at = [one.id, other.id];
    const isMeaningful = [contract.idempotency?.style].flat().includes('meaningful');
    const used = isMeaningful ? null : usedAgain(runsOfOperation({ runs: all }));
    if (one.request.idempotencyKey !== other.request.idempotencyKey && used !== null)
      return fail(
        'used-again',
        `The key ${used.again.request.idempotencyKey} was sent again by a run that began after its operation had succeeded.`,
        [used.first.id, used.again.id],
        { expected: 'a key of its own', measured: 'a used key' },
      );
    if (one.request.idempotencyKey !== other.request.idempotencyKey)
      return pass('fresh', 'No two separate runs sent the same key.', at);
    if (isMeaningful)
      return pass('stable', 'Two runs of the same operation sent the same key, as a meaningful key should.', at);
    return fail(
      'shared',
      `Two separate runs sent the same key ${one.request.idempotencyKey}; if it is derived from the operation on purpose, set contract.idempotency.style: meaningful.`,
      at,
      { expected: 'two keys', measured: 'one key' },
    );
  },
});
