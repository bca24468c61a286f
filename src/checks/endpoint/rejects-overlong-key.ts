import { isClientError, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { seen } from '../shared/answers.js';
import { distinct } from '../shared/effects.js';

export default defineCheck({
  id: 'rejects-overlong-key',
  kind: 'endpoint',
  topic: 'Idempotency',
  severity: 'major',
  title: 'An overlong idempotency key is not truncated',
  why: 'A server that truncates keys takes two different operations for one: the second is never performed.',
  fix: 'Keep keys within the documented length; hash longer ones yourself.',
  refs: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/'],
  needs: ['endpoint.overlong-key', 'endpoint.separate-keys'],

  judge({ 'endpoint.overlong-key': { call, twin, length, named }, 'endpoint.separate-keys': control }) {
    if (isClientError(call))
      return pass('refused', `A key of ${length} characters was answered ${seen(call)}.`, [call]);
    if (!isSuccess(call))
      return fail('crashed', `A key of ${length} characters was answered ${seen(call)}.`, [call], {
        expected: 'a 4xx',
        measured: seen(call),
      });
    const told = distinct(control.effect.named) ?? 0;
    const different = distinct(named);
    if (twin === null || !isSuccess(twin) || different === null || told < 2) {
      return inconclusive(
        'unclear',
        `A key of ${length} characters was accepted; the answers do not show whether it is truncated.`,
        [call, ...(twin === null ? [] : [twin])],
      );
    }
    if (different > 1)
      return pass(
        'accepted-whole',
        `A key of ${length} characters was accepted and is not truncated: one that differs only at the end made another resource.`,
        [call, twin],
      );
    return fail(
      'cut',
      `Keys of ${length} characters are truncated: two that differ only in the last one got the same resource.`,
      [call, twin],
      { expected: 'a 4xx, or two resources', measured: 'one resource' },
    );
  },
});
