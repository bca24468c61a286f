import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import {
  endOf,
  ids,
  keyWord,
  lookedUp,
  otherKeyIn,
  placeOf,
  succeeded,
  takesNoKey,
  timelineOf,
  triesOf,
  withoutTries,
} from '../shared/clients.js';
import { KEY_PLACE } from '../shared/promises.js';

export default defineCheck({
  id: 'handles-in-flight-duplicates',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'major',
  title: 'On "still in progress" it waits and asks again',
  why: 'The first call is being performed: a new key would double it, giving up would lose its result.',
  fix: 'Treat the in-flight answer as retryable, with the same key.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: [KEY_PLACE, 'contract.idempotency.inFlight'],
  needs: ['client.control', 'client.in-flight'],

  judge({ 'client.control': control, 'client.in-flight': under }, contract) {
    if (contract.idempotency?.header === undefined && contract.idempotency?.bodyField === undefined) {
      return notApplicable('unset', 'Applies with contract.idempotency.header (or bodyField).');
    }
    if (contract.idempotency.inFlight === undefined)
      return notApplicable(
        'undocumented',
        'Applies with contract.idempotency.inFlight: the answer to a repeat while the first call is in flight.',
      );
    const keyless = takesNoKey(control, contract.idempotency.methods);
    if (keyless !== null) return keyless;
    const unable = withoutTries(control, under);
    if (unable !== null) return unable;
    for (const run of under.runs) {
      const attempts = triesOf(run, control);
      const figures = { expected: 'a repeat with the same key, then success', timeline: timelineOf(run) };
      const open = attempts.length < 2 ? lookedUp([run], control) : null;
      if (open !== null) return open;
      if (attempts.length < 2)
        return fail('gave-up', `It did not ask again and ${endOf(run)}.`, ids(run), {
          ...figures,
          measured: 'one attempt',
        });
      if (attempts.every((call) => call.request.idempotencyKey === null))
        return inconclusive('no-keys', 'It asked again, but no attempt carried an idempotency key.', ids(run));
      const other = otherKeyIn(attempts);
      if (other !== null)
        return fail('other-key', `In attempt ${placeOf(run, other)} it asked again with ${keyWord(other)}.`, ids(run), {
          ...figures,
          measured: keyWord(other),
        });
      if (!succeeded(run))
        return fail('failed', `The repeat was answered, yet your client ${endOf(run)}.`, ids(run), {
          ...figures,
          measured: endOf(run),
        });
    }
    return pass(
      'repeated',
      'It repeated with the same key and succeeded.',
      under.runs.flatMap((run) => ids(run)),
    );
  },
});
