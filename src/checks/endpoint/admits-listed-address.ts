import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { hasCode, listText, receptionOf } from '../shared/addresses.js';
import { plural } from '../shared/answers.js';

export default defineCheck({
  id: 'admits-listed-address',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'Every listed address gets the normal answer',
  why: 'An address that is missing from the allow list is noticed on the day of go-live, when its servers start.',
  fix: 'Ask the provider to list the address that is refused, or correct endpoint.egress where it is not one of yours.',
  refs: ['https://csrc.nist.gov/glossary/term/allowlist'],
  needs: ['endpoint.addresses'],

  judge({ 'endpoint.addresses': { vantages } }, contract) {
    const listed = vantages.filter((one) => one.listed);
    if (listed.length === 0)
      return notApplicable(
        'none-listed',
        'Applies with a vantage point under endpoint.egress that is listed: true.',
        [],
        ['endpoint.egress.<name>.listed: true'],
      );
    const received = listed.map((one) => ({ one, as: receptionOf(one.call, contract) }));
    const calls = listed.map((one) => one.call);
    // Behind a proxy, a closed connection may be the proxy's own doing.
    const open = received.filter(
      ({ one, as }) => as === 'unreached' || (one.call.ended !== 'complete' && isProxy(one)),
    );
    const refused = received.filter((each) => each.as !== 'served' && !open.includes(each)).map(({ one }) => one);
    const keyWorks = vantages.some((one) => receptionOf(one.call, contract) === 'served');
    const surely = refused.filter((one) => keyWorks || hasCode(one.call, contract));
    if (surely.length > 0)
      return fail(
        'refused',
        `Listed, but not answered as usual: ${listText(surely)}.`,
        surely.map((one) => one.call),
        {
          expected: 'the answer of the read operation',
          measured: listText(surely),
        },
      );
    if (refused.length > 0)
      return inconclusive(
        'control-failed',
        `The key was answered as usual from nowhere, so the address need not be the reason: ${listText(refused)}.`,
        refused.map((one) => one.call),
      );
    if (open.length > 0)
      return inconclusive(
        'unreached',
        `No answer of the API came to ${listText(open.map(({ one }) => one))}.`,
        open.map(({ one }) => one.call),
      );
    return pass('admitted', `Answered as usual from ${plural(listed.length, 'listed vantage point')}.`, calls);
  },
});

function isProxy({ via }: { via: string }): boolean {
  return via.includes('://');
}
