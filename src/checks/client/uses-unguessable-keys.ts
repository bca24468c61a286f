import { attemptsOf } from '../../lanes/waits.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { takesNoKey } from '../shared/clients.js';

const FEWEST_BITS = 64;
const MEANINGS: readonly (readonly [string, RegExp])[] = [
  ['an email address', /[\w.+-]+@[\w-]+\.\w+/],
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
  needs: ['client.control'],

  judge({ 'client.control': control }, contract) {
    const style = contract.idempotency?.style;
    if (style === undefined) return notApplicable('unset', 'Applies with contract.idempotency.style.');
    const keyless = takesNoKey(control, contract.idempotency?.methods ?? []);
    if (keyless !== null) return keyless;
    const calls = control.runs.flatMap((run) => attemptsOf(run)).filter((call) => call.request.idempotencyKey !== null);
    const keys = calls.map((call) => call.request.idempotencyKey ?? '');
    const at = calls.map((call) => call.id);
    const [one, other] = [keys[0], keys.at(-1)];
    if (one === undefined || other === undefined || calls.length < 2)
      return inconclusive('no-keys', 'Fewer than two keys were seen.', at);
    const styles = [style].flat();
    const isStable = one === other && calls[0]?.logical === calls.at(-1)?.logical;
    if (styles.includes('meaningful') && isStable)
      return pass('stable', `The same operation sent the same key ${one}.`, at);
    if (!styles.includes('opaque')) {
      if (calls[0]?.logical !== calls.at(-1)?.logical)
        return inconclusive(
          'different-operations',
          'The runs performed different operations, so the stability of their keys cannot be compared.',
          at,
        );
      return fail('unstable', `The same operation sent ${one}, then ${other}.`, at, {
        expected: 'a stable key',
        measured: 'another key each run',
      });
    }
    for (const key of keys) {
      const meaning = MEANINGS.find(([, pattern]) => pattern.test(key));
      if (meaning !== undefined)
        return fail('meaning', `The key ${key} holds ${meaning[0]}.`, at, {
          expected: 'an opaque key',
          measured: meaning[0],
        });
      if (entropyBits(key) < FEWEST_BITS)
        return fail('guessable', `The key ${key} has at most ${Math.round(entropyBits(key))} bits.`, at, {
          expected: `at least ${FEWEST_BITS} bits`,
          measured: `${Math.round(entropyBits(key))} bits`,
        });
    }
    return pass(
      'opaque',
      `${plural(keys.length, 'key')} without visible meaning, at least ${Math.round(Math.min(...keys.map(entropyBits)))} bits each.`,
      at,
    );
  },
});
