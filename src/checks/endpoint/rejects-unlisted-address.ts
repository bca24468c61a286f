import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { listText, nameOf, receptionOf } from '../shared/addresses.js';
import { oneOf } from '../shared/answers.js';

export default defineCheck({
  id: 'rejects-unlisted-address',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'major',
  title: 'An address that is not listed is refused',
  why: 'An allow list that is not enforced protects nothing: a leaked key works from anywhere.',
  fix: 'Have the provider switch the allow list on for this account, and check which addresses endpoint.egress calls unlisted.',
  refs: ['https://csrc.nist.gov/glossary/term/allowlist'],
  needs: ['endpoint.addresses'],

  judge({ 'endpoint.addresses': { vantages } }, contract) {
    const received = vantages.map((one) => ({ one, as: receptionOf(one.call, contract) }));
    const listed = received.filter(({ one }) => one.listed);
    const unlisted = received.filter(({ one }) => !one.listed);
    const of = (...kinds: string[]) => unlisted.filter(({ as }) => kinds.includes(as)).map(({ one }) => one);
    if (listed.length === 0 || unlisted.length === 0)
      return inconclusive(
        'one-sided',
        `One side alone proves nothing: endpoint.egress names no vantage point that is listed: ${listed.length === 0}.`,
        received.map(({ one }) => one.call),
      );
    const control = listed.find(({ as }) => as === 'served')?.one;
    if (control === undefined)
      return inconclusive(
        'control-failed',
        `The control failed: no listed vantage point was answered as usual (${listText(listed.map(({ one }) => one))}).`,
        listed.map(({ one }) => one.call),
      );
    const promised = contract.addresses?.unlisted;
    const figures = {
      expected: `${oneOf(promised?.statuses ?? [401, 403])}${promised?.code === undefined ? '' : ` with ${promised.code}`}${promised?.refused === false ? '' : ', or a refused connection'}`,
    };
    const served = of('served', 'otherwise');
    if (served.length > 0)
      return fail(
        'not-refused',
        of('served').length > 0
          ? `Not refused although not listed: ${listText(served)}.`
          : `Not served, but not refused as expected either: ${listText(served)}; where that is how unlisted addresses are answered, contract.addresses.unlisted says so.`,
        [...served.map((one) => one.call), control.call],
        { ...figures, measured: listText(served) },
      );
    const open = of('unreached', 'unclear');
    if (open.length > 0)
      return inconclusive(
        'unclear',
        `What came to ${listText(open)} does not show that the address was the reason.`,
        open.map((one) => one.call),
        figures,
      );
    return pass(
      'refused',
      `Refused: ${listText(of('refused'))}; at the same time ${nameOf(control)} was answered as usual.`,
      [...of('refused').map((one) => one.call), control.call],
      figures,
    );
  },
});
