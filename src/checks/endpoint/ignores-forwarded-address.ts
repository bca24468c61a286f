import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { listText, receptionOf } from '../shared/addresses.js';
import { plural, seen } from '../shared/answers.js';

export default defineCheck({
  id: 'ignores-forwarded-address',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'A forwarding header does not make an address a listed one',
  why: 'Anybody who can write the header gets past the allow list from anywhere.',
  fix: 'Tell the provider: forwarding headers count only from its own proxies, which must overwrite what comes from outside.',
  refs: ['https://www.rfc-editor.org/rfc/rfc7239#section-8.1'],
  needs: ['endpoint.addresses', 'endpoint.forwarded-addresses'],

  judge({ 'endpoint.addresses': { vantages }, 'endpoint.forwarded-addresses': forged }, contract) {
    const receivedAs = (kind: string, listed: boolean) =>
      vantages.filter((one) => one.listed === listed && receptionOf(one.call, contract) === kind);
    const [control] = receivedAs('served', true);
    const refused = receivedAs('refused', false);
    const tries = forged.tries
      .filter((one) => refused.some(({ name }) => name === one.vantage))
      .map((one) => ({ ...one, as: receptionOf(one.call, contract) }));
    if (control === undefined || tries.length === 0)
      return inconclusive(
        'control-failed',
        `The control failed: this takes a listed vantage point that is served and an unlisted one that is refused (${listText(vantages)}).`,
        vantages.map((one) => one.call),
      );
    const words = (some: typeof tries) =>
      some.map((one) => `${one.header} from ${one.vantage}: ${seen(one.call)}`).join('; ');
    const believed = tries.filter(({ as }) => as === 'served');
    if (believed.length > 0)
      return fail(
        'believed',
        `Served once the header named ${believed[0]?.address}: ${words(believed)}.`,
        [...believed.map((one) => one.call), ...refused.map((one) => one.call)],
        { expected: 'refused as without the header', measured: words(believed) },
      );
    const open = tries.filter(({ as }) => as !== 'refused');
    if (open.length > 0)
      return inconclusive(
        'unclear',
        `Neither served nor refused as without the header: ${words(open)}.`,
        open.map((one) => one.call),
      );
    return pass(
      'ignored',
      `${plural(tries.length, 'call')} in the name of ${tries[0]?.address} were refused as without the header.`,
      [...tries.map((one) => one.call), control.call],
    );
  },
});
