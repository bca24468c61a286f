import type { Contract } from '../../config/schema.js';
import type { ClientFacts } from '../../evidence/map.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { callsIn, withoutKey } from '../shared/clients.js';
import { judgeSignature } from '../shared/signatures.js';
import type { Verdict } from '../verdict.js';

export default defineCheck({
  id: 'sends-key-in-header',
  kind: 'client',
  topic: 'Access',
  severity: 'blocker',
  title: 'Every call carries the key where it belongs',
  why: 'A call without the key, or with it in another place, fails in production or leaks it.',
  fix: 'Set the credential once, in the HTTP client that all calls use.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2'],
  needs: ['client.facts', 'client.lanes'],

  unless: ({ 'client.facts': facts }, contract) =>
    contract.auth.signature === undefined ? withoutHeader(facts, contract) : null,

  judge({ 'client.facts': facts, 'client.lanes': { runs } }, contract) {
    const { auth } = contract;
    const signature = auth.signature === undefined ? null : judgeSignature(runs, auth.signature.headers);
    // A key beside the signature is judged by itself; where there is none, the signature is all.
    const alone = auth.headers === undefined && auth.basic === undefined;
    if (signature !== null && (alone || signature.outcome === 'fail')) return signature;
    const unable = withoutHeader(facts, contract);
    if (unable !== null) return unable.code === 'no-key' ? (signature ?? unable) : unable;
    const names = [
      ...(auth.headers ?? []).map((one) => one.name.toLowerCase()),
      ...(auth.basic === undefined ? [] : ['authorization']),
    ];
    const calls = callsIn(runs);
    const without = calls.filter(
      (call) => !call.request.found.some((one) => one.where === 'header' && names.includes(one.name ?? '')),
    );
    const first = without[0];
    if (first === undefined && signature?.outcome === 'inconclusive') return signature;
    if (first === undefined)
      return pass(
        'carried',
        `All ${plural(calls.length, 'call')} carried the key in ${names.join(', ')}.`,
        calls.slice(0, 3).map((call) => call.id),
      );
    const present = first.request.headers.some(([name]) => names.includes(name.toLowerCase()));
    if (present && without.length === calls.length) {
      return inconclusive(
        'other-key',
        `Your client sends another value in ${names.join(', ')} than the configured key: set client.key to the one that it uses.`,
        [first.id],
      );
    }
    return fail(
      'missing',
      `${without.length} of ${plural(calls.length, 'call')} did not carry the key in ${names.join(', ')}, e.g. ${first.request.method} ${first.request.url.split('?')[0]}.`,
      [first.id],
      { expected: names.join(', '), measured: present ? 'another value' : 'no such header' },
    );
  },
});

/** Why no header can be expected to carry the key; null: one can. */
function withoutHeader(facts: ClientFacts | undefined, contract: Contract): Verdict | null {
  const { auth } = contract;
  const unknown = withoutKey(facts, contract);
  if (unknown !== null) return unknown;
  if (auth.login !== undefined)
    return notApplicable('login', 'Applies with a static credential (contract.auth.headers or basic).');
  if ((auth.headers ?? []).length > 0 || auth.basic !== undefined) return null;
  const keys = ['contract.auth.headers', 'contract.auth.basic'];
  return notApplicable('elsewhere', 'Applies with contract.auth.headers or basic.', [], [keys]);
}
