import { statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, isFromTheEdge, plural, withoutControl } from '../shared/answers.js';
import { announcementsOf } from '../shared/ends-of-life.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Fewer days are not enough to move an integration. */
const NOTICE_DAYS = 90;

export default defineCheck({
  id: 'serves-supported-version',
  kind: 'endpoint',
  topic: 'Versions',
  severity: 'major',
  title: 'The version in use does not end soon',
  why: 'An integration that goes live on a version with an announced end has to be migrated before it has settled.',
  fix: "Move to the provider's current version before going live (contract.version.value).",
  refs: ['https://www.rfc-editor.org/rfc/rfc8594', 'https://www.rfc-editor.org/rfc/rfc9745'],
  bounds: [`No end within ${NOTICE_DAYS} days may be announced.`],
  needs: ['endpoint.traffic', 'endpoint.authenticated'],

  judge({ 'endpoint.traffic': { exchanges }, 'endpoint.authenticated': control }, contract) {
    const noControl = withoutControl(control.call);
    if (noControl !== null) return noControl;
    const inUse = contract.version?.in === 'none' ? null : (contract.version?.value ?? null);
    const answers = exchanges.filter(
      (one) =>
        statusOf(one) !== null &&
        !isFromTheEdge(one) &&
        one.request.credential === (contract.auth.none === true ? 'none' : 'key') &&
        one.request.version === inUse,
    );
    const announced = answers.flatMap((call) => announcementsOf(call).map((one) => ({ ...one, call })));
    for (const { field, value, at, call } of announced) {
      if (at === null) continue;
      const days = Math.floor((at - call.startedAtEpochMs) / DAY_MS);
      const text = `${callOf(call)} announces ${field}: ${value}`;
      if (field === 'Sunset' && days < NOTICE_DAYS)
        return fail('sunset', `${text}, ${days < 0 ? `${-days} days ago` : `in ${plural(days, 'day')}`}.`, [call], {
          expected: `none within ${NOTICE_DAYS} days`,
          measured: value,
        });
      if (field === 'Deprecation' && at <= call.startedAtEpochMs)
        return fail('deprecated', `${text}: deprecated already.`, [call], {
          expected: 'no past date',
          measured: value,
        });
    }
    const unreadable = announced.find(({ at }) => at === null);
    if (unreadable !== undefined)
      return inconclusive(
        'unreadable',
        `${callOf(unreadable.call)} announces ${unreadable.field}: ${unreadable.value}, which is no date.`,
        [unreadable.call],
      );
    const [later] = announced;
    const version = inUse === null ? 'without a version' : `to version ${inUse}`;
    if (later !== undefined)
      return pass(
        'later',
        `${later.field} is announced for ${later.value}, far enough away${later.odd ? ', though not in the form of its RFC' : ''}.`,
        [later.call],
      );
    return pass(
      'supported',
      `${plural(answers.length, 'answer')} ${version}, none with a Sunset or Deprecation.`,
      answers.slice(0, 1),
    );
  },
});
