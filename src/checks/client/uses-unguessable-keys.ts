import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { type Attempt, takesNoKey } from '../shared/clients.js';
import { callsOfOperation } from '../shared/one-operation.js';

const FEWEST_BITS = 64;
const MEANINGS: readonly (readonly [string, RegExp])[] = [
  ['an email address', /[\w.+-]@[\w-]+\.\w+/],
  ['a date', /(?<![0-9a-f])(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![0-9a-f])/i],
  ['a phone number', /\+\d{8,15}(?!\d)/],
  ['the words of an operation', /^(order|user|payment|customer|invoice|cart|txn|transaction)[-_:]?\d+$/i],
];

/** An upper bound: length times the alphabet that the key shows. */
function entropyBits(key: string): number {
  const classes = [/[0-9]/, /[a-f]/, /[g-z]/, /[A-F]/, /[G-Z]/];
  const sizes = [10, 6, 20, 6, 20];
  const alphabet = classes.reduce((sum, pattern, at) => sum + (pattern.test(key) ? (sizes[at] ?? 0) : 0), 0);
  return key.replace(/[^0-9a-z]/gi, '').length * Math.log2(Math.max(2, alphabet));
}

function keyOf(call: Attempt): string {
  return call.request.idempotencyKey ?? '';
}

/** One name for the same operations in any order. */
function workOf(calls: readonly Attempt[]): string {
  const names = calls.map((call) => call.logical);
  return names.toSorted().join(' ');
}

/** The first of these calls whose operation those others did not send under the same key. */
function lackingIn(others: readonly Attempt[], calls: readonly Attempt[]): Attempt | undefined {
  return calls.find((call) => !others.some((other) => other.logical === call.logical && keyOf(other) === keyOf(call)));
}

export default defineCheck({
  id: 'uses-unguessable-keys',
  kind: 'client',
  topic: 'Idempotency',
  severity: 'major',
  title: 'Idempotency keys have the form that the provider asks for',
  why: 'A key with an order id, a date or an email in it collides when that recurs, and tells outsiders what it is.',
  fix: 'Use a random UUIDv4 per operation (or, where the provider wants meaning, a stable id of the operation).',
  refs: [
    'https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/',
    'https://www.rfc-editor.org/rfc/rfc9562#section-5.4',
  ],
  bounds: [`A key of random characters holds at least ${FEWEST_BITS} bits.`],
  promises: ['contract.idempotency.style'],
  needs: ['client.facts', 'client.control', 'client.lanes'],

  judge({ 'client.facts': facts, 'client.control': control, 'client.lanes': lanes }, contract) {
    const { idempotency } = contract;
    if (idempotency?.style === undefined) return notApplicable('unset', 'Applies with contract.idempotency.style.');
    const keyless = takesNoKey(control, idempotency.methods);
    if (keyless !== null) return keyless;
    const keyed = control.runs.map((run) => attemptsOf(run).filter((call) => call.request.idempotencyKey !== null));
    const calls = keyed.flat();
    const keys = calls.map(keyOf);
    const at = calls.map((call) => call.id);
    const [one, again] = keyed.filter((some) => some.length > 0);
    if (one === undefined || again === undefined)
      return inconclusive('no-keys', 'Fewer than two runs sent an idempotency key.', at);
    const styles = [idempotency.style].flat();
    const isSameWork = workOf(one) === workOf(again);
    const gone = lackingIn(again, one);
    if (styles.includes('meaningful') && isSameWork && gone === undefined)
      return pass('stable', `The same operation sent the same key ${keys[0]}.`, at);
    if (!styles.includes('opaque')) {
      if (!isSameWork || gone === undefined)
        return inconclusive(
          'different-operations',
          'The runs performed different operations, so the stability of their keys cannot be compared.',
          at,
        );
      const other = lackingIn(one, again) ?? gone;
      return fail('unstable', `The same operation sent ${keyOf(gone)}, then ${keyOf(other)}.`, at, {
        expected: 'a stable key',
        measured: 'another key each run',
      });
    }
    // Also those of further attempts, and of workloads.
    const every = callsOfOperation(lanes, facts)
      .map(({ call }) => call)
      .filter((call) => call.request.idempotencyKey !== null);
    for (const call of every) {
      const key = keyOf(call);
      const meaning = MEANINGS.find(([, pattern]) => pattern.test(key));
      if (meaning !== undefined)
        return fail('meaning', `The key ${key} holds ${meaning[0]}.`, [call.id], {
          expected: 'an opaque key',
          measured: meaning[0],
        });
      if (entropyBits(key) < FEWEST_BITS)
        return fail('guessable', `The key ${key} has at most ${Math.round(entropyBits(key))} bits.`, [call.id], {
          expected: `at least ${FEWEST_BITS} bits`,
          measured: `${Math.round(entropyBits(key))} bits`,
        });
    }
    const distinct = [...new Set(every.map(keyOf))];
    return pass(
      'opaque',
      `${plural(distinct.length, 'key')} without visible meaning, at least ${Math.round(Math.min(...distinct.map(entropyBits)))} bits each.`,
      at,
    );
  },
});
