import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import { answerHeader, isExpected, jsonOf } from '../../evidence/exchange.js';
import type { AbsentVersionEvidence } from '../../evidence/map.js';
import { getPointer } from '../../evidence/pointer.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, seen, withoutControl } from '../shared/answers.js';
import type { Verdict } from '../verdict.js';

function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

type Differs = NonNullable<NonNullable<Contract['version']>['differs']>;

/** The same read in two versions: a member that is another in each shows that the header is heeded. */
function judgeDiffering(
  { pointer, values }: Differs,
  { first, again, other }: NonNullable<AbsentVersionEvidence['differs']>,
): Verdict {
  const at = [first, again, other];
  const [one = '', two = ''] = values;
  const refused = at.find((call) => !isExpected(call));
  if (refused !== undefined)
    return inconclusive(
      'version-refused',
      `${callOf(refused)} in version ${refused.request.version ?? 'none'} was answered ${seen(refused)}, so the two versions of contract.version.differs cannot be compared.`,
      at,
    );
  const [asFirst, asAgain, asOther] = at.map((call) => JSON.stringify(getPointer(jsonOf(call), pointer)) ?? 'nothing');
  if (asFirst !== asAgain)
    return inconclusive(
      'moves',
      `${pointer} differs between two reads of one version (${one}), so it cannot distinguish versions.`,
      at,
    );
  const figures = { expected: `another ${pointer} in ${two} than in ${one}`, measured: `${clip(asFirst)} in both` };
  if (asFirst === asOther && asFirst === 'nothing')
    return inconclusive('nowhere', `Neither version has anything at ${pointer} (contract.version.differs).`, at);
  if (asFirst === asOther)
    return fail(
      'alike',
      `${pointer} is ${clip(asFirst)} in ${one} and in ${two}: the version is ignored.`,
      at,
      figures,
    );
  return pass('differs', `${pointer} is ${clip(asFirst)} in ${one} and ${clip(asOther)} in ${two}.`, at);
}

function clip(text = ''): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

const LATEST_ONLY = 'The sandbox serves the latest version alone, so no pin can show an effect there.';

export default defineCheck({
  id: 'honours-pinned-version',
  kind: 'endpoint',
  topic: 'Versions',
  severity: 'major',
  title: 'The pinned version is the one that answers',
  why: 'An ignored version header breaks your integration on the day the default changes.',
  fix: 'Check name and value of the version header (contract.version), and tell the provider.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-5'],
  promises: [
    ['contract.version.value', 'contract.version.differs'],
    ['contract.version.shownAt', 'contract.version.echo', 'contract.version.differs'],
  ],
  needs: ['endpoint.authenticated', 'endpoint.absent-version', 'endpoint.target'],

  // Where the two were compared, what they show comes first.
  unless: ({ 'endpoint.target': target, 'endpoint.absent-version': unpinned }, { version }) =>
    unpinned === undefined && target?.environment === 'sandbox' && version?.latestOnlyInSandbox === true
      ? notApplicable('latest-only', LATEST_ONLY)
      : null,

  judge(evidence, contract) {
    const { 'endpoint.authenticated': pinned, 'endpoint.absent-version': unpinned } = evidence;
    const version = contract.version;
    if (version?.differs !== undefined && unpinned.differs !== undefined)
      return withoutControl(pinned.call) ?? judgeDiffering(version.differs, unpinned.differs);
    const wanted = version?.value;
    const shows = version?.shownAt !== undefined ? `body ${version.shownAt}` : version?.echo;
    if (version === undefined || wanted === undefined || shows === undefined)
      return notApplicable('unset', 'Applies with contract.version.value and shownAt (or echo), or with differs.');
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
        `No answer shows its version at ${shows}, so it is unknown which version answered.`,
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
    if (asDefault === asPinned && servesLatestOnly) return notApplicable('latest-only', LATEST_ONLY, at);
    if (asDefault === asPinned)
      return inconclusive(
        'same',
        `With and without the pin ${shows} says ${asPinned}: pinned and default version are the same, so the pin shows no effect.`,
        at,
      );
    return pass('honoured', `${shows} says ${asPinned} with the pin and ${asDefault ?? 'nothing'} without.`, at);
  },
});
