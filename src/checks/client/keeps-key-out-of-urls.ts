import { defineCheck, fail, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { withoutKey } from '../shared/clients.js';

export default defineCheck({
  id: 'keeps-key-out-of-urls',
  kind: 'client',
  topic: 'Access',
  severity: 'blocker',
  title: 'The key appears in no URL',
  why: 'URLs end in access logs, proxies, browser histories and error trackers.',
  fix: 'Send the key in its header, never as a query parameter or path segment.',
  refs: ['https://www.rfc-editor.org/rfc/rfc6750#section-2.3'],
  needs: ['client.facts', 'client.lanes'],

  unless: ({ 'client.facts': facts }, contract) => withoutKey(facts, contract),

  judge({ 'client.lanes': { runs } }) {
    // Also one that never arrived whole, or went where a redirect pointed.
    const calls = runs.flatMap(({ recording }) => [...recording.attempts, ...recording.elsewhere]);
    const leaking = calls.find((call) => call.request.found.some((one) => one.where === 'url'));
    if (leaking !== undefined)
      return fail('in-url', `${leaking.request.method} ${leaking.request.url} carries the key.`, [leaking.id], {
        expected: 'no key in any URL',
        measured: 'the key in the URL',
      });
    return pass(
      'kept',
      `${plural(calls.length, 'URL')} searched in plain and encoded forms.`,
      calls.slice(0, 2).map((call) => call.id),
    );
  },
});
