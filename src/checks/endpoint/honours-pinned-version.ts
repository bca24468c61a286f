import { answerHeader, jsonOf } from '../../evidence/exchange.js';
import { getPointer } from '../../evidence/pointer.js';
import type { Exchange } from '../../types.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { withoutControl } from '../shared/answers.js';

function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

export default defineCheck({
  id: 'honours-pinned-version',
  kind: 'endpoint',
  topic: 'Versions',
  severity: 'major',
  title: 'The pinned version is the one that answers',
  why: 'A version header that is ignored breaks your integration on the day the default moves.',
  fix: 'Check name and value of the version header (contract.version), and tell the provider.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-5'],
  needs: ['endpoint.authenticated', 'endpoint.absent-version', 'endpoint.target'],

  judge(evidence, contract) {
    const { 'endpoint.authenticated': pinned, 'endpoint.absent-version': unpinned } = evidence;
    const version = contract.version;
    const wanted = version?.value;
    const shows = version?.shownAt !== undefined ? `body ${version.shownAt}` : version?.echo;
    if (version === undefined || wanted === undefined || shows === undefined)
      return notApplicable('unset', 'Applies with contract.version.value and shownAt (or echo).');
    const noControl = withoutControl(pinned.call);
    if (noControl !== null) return noControl;
    const shown = (call: Exchange) =>
      version.shownAt !== undefined
        ? text(getPointer(jsonOf(call), version.shownAt))
        : answerHeader(call, version.echo ?? '');
    const [asPinned, asDefault] = [shown(pinned.call), shown(unpinned.call)];
    const at = [pinned.call, unpinned.call];
    if (asPinned === undefined) {
      return inconclusive(
        'not-shown',
        `No answer shows its version at ${shows}, so nothing tells which one answered.`,
        at,
      );
    }
    if (asPinned !== wanted)
      return fail('not-pinned', `With ${wanted} pinned, ${shows} says ${asPinned}.`, at, {
        expected: wanted,
        measured: asPinned,
      });
    if (version.absent !== undefined && asDefault !== version.absent) {
      return fail('other-default', `Without a version, ${shows} says ${asDefault ?? 'nothing'}.`, at, {
        expected: version.absent,
        measured: asDefault ?? 'nothing',
      });
    }
    const servesLatestOnly =
      version.latestOnlyInSandbox === true && evidence['endpoint.target'].environment === 'sandbox';
    if (asDefault === asPinned && servesLatestOnly)
      return notApplicable(
        'latest-only',
        'The sandbox serves the latest version alone, so no pin can show an effect there.',
        at,
      );
    if (asDefault === asPinned)
      return inconclusive(
        'same',
        `With and without the pin ${shows} says ${asPinned}: pinned and default version are the same, so the pin shows no effect.`,
        at,
      );
    return pass('honoured', `${shows} says ${asPinned} with the pin and ${asDefault ?? 'nothing'} without.`, at);
  },
});
