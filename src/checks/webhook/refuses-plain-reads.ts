import { effectsIn, isAccepted } from '../../evidence/events.js';
import { statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { answerTo, callsOf, withoutEffects } from '../shared/events.js';

export default defineCheck({
  id: 'refuses-plain-reads',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'minor',
  title: 'Your receiver processes nothing that comes by GET',
  why: 'Links are followed by crawlers, previews and browsers. What they fetch must change nothing.',
  fix: 'Register the route for POST alone.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1'],
  needs: ['webhook.control', 'webhook.plain-reads'],

  judge({ 'webhook.control': control, 'webhook.plain-reads': reads }) {
    const { rounds, settled } = reads;
    const calls = callsOf(rounds);
    if (calls.length === 0) return notApplicable('no-attack', 'No such call can be made under this scheme.');
    const seen = effectsIn(reads);
    if (control.settled?.why === null && settled?.why === null && seen > 0)
      return fail(
        'effect',
        `A GET on the URL had ${plural(seen, 'effect')} (${rounds.map(({ says }) => says).join('; ')}).`,
        calls,
        {
          expected: 'no effect',
          measured: plural(seen, 'effect'),
        },
      );
    if (rounds.some(({ alive }) => alive === false))
      return fail('crashed', 'A GET on the URL ended your receiver.', calls, { expected: '4xx', measured: 'it ended' });
    // Some answer a page to a browser: harmless where no effect follows.
    const isBlind = withoutEffects(control) !== null || settled?.why !== null;
    if (calls.some(isAccepted) && isBlind)
      return inconclusive(
        'accepted',
        `A GET on the URL was answered ${calls.map(answerTo).join(', ')}; whether it was processed, only webhook.effect can tell.`,
        calls,
      );
    if (calls.every((call) => statusOf(call) === null)) return inconclusive('no-answer', 'A GET had no answer.', calls);
    return pass('not-processed', `GET was answered ${calls.map(answerTo).join(', ')}, and nothing came of it.`, calls);
  },
});
