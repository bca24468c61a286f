import type { LaneRun } from '../../evidence/run.js';
import { defineCheck, fail, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { type Attempt, endOf, ids, isProtected, runsWord, timelineOf, withoutOneOperation } from '../shared/clients.js';
import { EVERY_FAULT, labelsOf, mayBeCarriedOut, operationsIn, runsOfOperation } from '../shared/one-operation.js';

export default defineCheck({
  id: 'protects-retried-writes',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'A retried write is protected by an idempotency key',
  why: 'Retrying an unprotected write after a 5xx, a cut or a time-out performs it twice.',
  fix: 'Send an idempotency key, or do not retry this call and look the result up instead.',
  refs: [
    'https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/',
    'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2',
  ],
  needs: EVERY_FAULT,

  judge(
    {
      'client.control': control,
      'client.server-errors': errors,
      'client.lost-connections': lost,
      'client.hang': hang,
      'client.lanes': lanes,
    },
    contract,
  ) {
    const unable = withoutOneOperation(control, { runs: [...errors.runs, ...lost.runs, ...hang.runs] });
    if (unable !== null) return unable;
    const again = runsOfOperation(lanes).filter((run) => operationsIn(run, contract).some((one) => one.length > 1));
    // Nothing is performed twice where the first answer said that it was not carried out.
    const isOpen = (one: readonly Attempt[]) => one.slice(0, -1).some((call) => mayBeCarriedOut(call, contract));
    const open = (run: LaneRun) => operationsIn(run, contract).filter(isOpen);
    const runs = again.filter((run) => open(run).length > 0);
    const isBare = (call: Attempt) => call.request.complete && !isProtected(call);
    const bare = runs.find((run) => open(run).flat().some(isBare));
    if (bare !== undefined)
      return fail(
        'unprotected',
        `Under "${bare.label}" the call was sent again without an idempotency key.`,
        ids(bare),
        {
          expected: 'a key, or no second attempt',
          measured: plural(open(bare).flat().filter(isBare).length, 'unprotected attempt'),
          timeline: timelineOf(bare),
        },
      );
    if (again.length === 0) {
      const held = hang.runs.find((run) => run.ended === 'patience');
      const unseen =
        held === undefined ? '' : ` While client.patience lasted; under "${held.label}" it ${endOf(held)}.`;
      return pass(
        'not-retried',
        `Your client never sends a write again, so nothing is performed twice.${unseen}`,
        errors.runs.flatMap((run) => ids(run)),
      );
    }
    if (runs.length === 0)
      return pass(
        'after-refusals',
        `Your client sends a write again only where the answer said that it was not carried out (${labelsOf(again)}).`,
        again.slice(0, 2).flatMap((run) => ids(run)),
      );
    return pass(
      'protected',
      `All attempts in ${runsWord(runs)} with retries carry a key (or do no harm twice).`,
      runs.slice(0, 2).flatMap((run) => ids(run)),
    );
  },
});
