import { hasStatus, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';
import { oneOf, plural, seen, withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'rejects-removed-version',
  kind: 'endpoint',
  topic: 'Versions',
  severity: 'minor',
  title: 'Removed versions are refused as documented',
  why: 'If a removed version still answers, your version may change without an error, too.',
  fix: 'Watch the echoed version in production, since the provider does not refuse a removed one.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11'],
  needs: ['endpoint.authenticated', 'endpoint.removed-versions'],

  judge({ 'endpoint.authenticated': control, 'endpoint.removed-versions': { answers } }, contract) {
    const noControl = withoutControl(control.call);
    if (noControl !== null) return noControl;
    for (const { version, call } of answers) {
      const expected = contract.version?.removed?.[version] ?? [];
      if (hasStatus(call, expected)) continue;
      const code = isSuccess(call) ? 'still-served' : 'other-answer';
      return fail(code, `The removed version ${version} was answered ${seen(call)}.`, [call], {
        expected: oneOf(expected),
        measured: seen(call),
      });
    }
    const shown = answers.map(({ version, call }) => `${version}: ${seen(call)}`).join(', ');
    return pass(
      'refused',
      `${plural(answers.length, 'removed version')} refused (${shown}).`,
      answers.map(({ call }) => call),
    );
  },
});
