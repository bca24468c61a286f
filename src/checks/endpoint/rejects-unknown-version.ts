import { hasStatus, isSuccess } from '../../evidence/exchange.js';
import { defineCheck, fail, notApplicable, pass } from '../define.js';
import { oneOf, seen, withoutControl } from '../shared/answers.js';

export default defineCheck({
  id: 'rejects-unknown-version',
  kind: 'endpoint',
  topic: 'Versions',
  severity: 'major',
  title: 'A version that never existed is refused',
  why: 'An API that silently serves another version hides a mistyped or retired pin until its answers change.',
  fix: 'Verify the echoed version in your own tests, since the provider does not refuse a wrong one.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-5'],
  promises: ['contract.version.unknown'],
  needs: ['endpoint.authenticated', 'endpoint.unknown-version'],

  judge({ 'endpoint.authenticated': control, 'endpoint.unknown-version': { call } }, contract) {
    const version = contract.version;
    if (version?.unknown === undefined)
      return notApplicable('unset', `Applies with contract.version.unknown; seen: ${seen(call)}.`, [call]);
    const noControl = withoutControl(control.call);
    if (noControl !== null) return noControl;
    const figures = { expected: oneOf(version.unknown), measured: seen(call) };
    if (hasStatus(call, version.unknown))
      return pass('refused', `Version ${version.neverReleased} was answered ${seen(call)}.`, [call]);
    if (isSuccess(call))
      return fail(
        'falls-forward',
        `Version ${version.neverReleased} never existed and was answered ${seen(call)}: the API silently serves another version.`,
        [call],
        figures,
      );
    return fail('other-answer', `Version ${version.neverReleased} was answered ${seen(call)}.`, [call], figures);
  },
});
