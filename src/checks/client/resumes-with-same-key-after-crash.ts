import { isSameBody } from '../../evidence/marks.js';
import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { endOf, ids, lookedUp, placeOf, timelineOf, withoutLanes } from '../shared/clients.js';
import { KEY_PLACE } from '../shared/promises.js';

export default defineCheck({
  id: 'resumes-with-same-key-after-crash',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'major',
  title: 'After a crash it continues with the same idempotency key',
  why: 'A process that dies while it waits does not know whether the call was carried out: a new key performs it twice.',
  fix: 'Store the key with the operation before the first attempt, and read it back when the process starts again.',
  refs: ['https://brandur.org/idempotency-keys'],
  promises: [KEY_PLACE],
  needs: ['client.control', 'client.crash'],

  judge({ 'client.control': control, 'client.crash': under }, contract) {
    if (contract.idempotency?.header === undefined && contract.idempotency?.bodyField === undefined)
      return notApplicable('unset', 'Applies with contract.idempotency.header (or bodyField).');
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const [run] = under.runs;
    const killedAtMs = run?.restartedAtMs;
    if (run === undefined || killedAtMs == null)
      return inconclusive('not-killed', 'Your client ended before it could be killed.');
    const attempts = attemptsOf(run);
    const before = attempts.filter((one) => one.times.firstByteAtMs <= killedAtMs);
    const after = attempts.filter((one) => one.times.firstByteAtMs > killedAtMs);
    const first = before[0];
    if (first === undefined || before.some((one) => one.ended === 'complete' && (one.answer?.status ?? 599) < 300))
      return inconclusive('done-before', 'Your client had its answer before it was killed.', ids(run));
    const key = first.request.idempotencyKey;
    if (key === null)
      return inconclusive('no-key', 'The first attempt carried no idempotency key to continue with.', ids(run));
    const figures = { expected: 'the same key and body', timeline: timelineOf(run) };
    const open = after.length === 0 ? lookedUp([run], control) : null;
    if (open !== null) return open;
    if (after.length === 0)
      return fail('forgot', `Killed while it waited and started again, it sent nothing and ${endOf(run)}.`, ids(run), {
        ...figures,
        measured: 'no attempt',
      });
    const same = after.find((one) => one.request.idempotencyKey === key);
    if (same === undefined)
      return fail(
        'other-key',
        `Started again after the crash it sent ${plural(after.length, 'attempt')}, none under the key of attempt ${placeOf(run, first)}: the operation is performed twice.`,
        ids(run),
        { ...figures, measured: 'another key' },
      );
    if (!isSameBody(same, first))
      return fail(
        'other-body',
        `Started again it sent the same key with another body in attempt ${placeOf(run, same)}.`,
        ids(run),
        { ...figures, measured: 'another body' },
      );
    return pass('resumed', 'Killed while it waited and started again, it sent the same key and body.', ids(run));
  },
});
