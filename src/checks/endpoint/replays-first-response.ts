import { hasStatus, isSuccess, jsonOf } from '../../evidence/exchange.js';
import { getPointer } from '../../evidence/pointer.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { oneOf, seen } from '../shared/answers.js';
import { differences } from '../shared/comparison.js';
import { distinct, isNameOf } from '../shared/effects.js';

export default defineCheck({
  id: 'replays-first-response',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'blocker',
  title: 'Repeating a create with the same key answers as the first time',
  why: 'After a time-out your client repeats the call; it must get the first answer, not a new error or a new thing.',
  fix: "Read the provider's idempotency page and set contract.idempotency.replay to what it promises; report a difference to the provider.",
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  promises: ['contract.idempotency.replay'],
  needs: ['endpoint.replay'],

  judge({ 'endpoint.replay': { first, again, effect, later } }, contract) {
    const idempotency = contract.idempotency;
    const replay = idempotency?.replay;
    switch (replay) {
      case undefined:
        return notApplicable(
          'unset',
          `Applies with contract.idempotency.replay; seen: ${seen(first)}, then ${seen(again)}.`,
          [first, again],
        );
      case 'conflict': {
        const refusals = idempotency?.conflict?.statuses ?? [409, 400];
        if (!hasStatus(again, refusals))
          return fail('no-conflict', `The repeat was answered ${seen(again)}.`, [again, first], {
            expected: oneOf(refusals),
            measured: seen(again),
          });
        const pointer = idempotency?.conflict?.resource;
        if (pointer === undefined)
          return pass('refused', `The repeat was refused with ${seen(again)}, as documented.`, [first, again]);
        const made = effect.named[0];
        const named = getPointer(jsonOf(again), pointer);
        const expected = made?.id ?? made?.location;
        if (expected == null)
          return inconclusive(
            'unnamed',
            'The first answer names no id to compare with (endpoint.operations.create.id).',
            [first, again],
          );
        if (isNameOf(named, made))
          return pass('refused-naming', `The repeat was refused with ${seen(again)} and names the first resource.`, [
            first,
            again,
          ]);
        return fail(
          'names-another',
          `The refusal names ${JSON.stringify(named) ?? 'nothing'} at ${pointer}.`,
          [again, first],
          { expected, measured: JSON.stringify(named) ?? 'nothing' },
        );
      }
      case 'same-resource':
        if ((distinct(effect.named) ?? 1) > 1) {
          return fail('another-resource', 'The repeat names another resource.', [again, first], {
            expected: 'the first resource',
            measured: 'another id or Location',
          });
        }
        if (isSuccess(again) && distinct(effect.named) === null) {
          return inconclusive('unnamed', 'The answers name no resource to compare (endpoint.operations.create.id).', [
            first,
            again,
          ]);
        }
        if (isSuccess(again))
          return pass('answered', `The repeat was answered ${seen(again)}, naming the same resource.`, [first, again]);
        return fail('refused', `The repeat was answered ${seen(again)}.`, [again, first], {
          expected: 'a success with the same resource',
          measured: seen(again),
        });
      case 'same-response': {
        // What was accepted goes on: its repeat may show where it has got to.
        if (later === true)
          return pass(
            'same-later',
            `The repeat of the accepted create (${seen(first)}) names the same resource, finished by now.`,
            [first, again],
          );
        const found = differences(first, again, contract);
        if (found.length > 0)
          return fail('differs', `The repeat differs: ${found.join('; ')}.`, [again, first], {
            expected: `${seen(first)} with the same content`,
            measured: found.join('; '),
          });
        const compare = idempotency?.compare ?? [];
        const body = jsonOf(first);
        if (compare.length > 0 && body !== undefined && compare.every((one) => getPointer(body, one) === undefined)) {
          return inconclusive(
            'nothing-compared',
            `The first answer has nothing at ${compare.join(', ')} to compare (contract.idempotency.compare).`,
            [first, again],
          );
        }
        return pass('same', `Both were answered ${seen(first)} with the same content.`, [first, again]);
      }
    }
  },
});
