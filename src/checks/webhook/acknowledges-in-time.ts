import { isAccepted } from '../../evidence/events.js';
import type { Exchange } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { callsOf } from '../shared/events.js';

export default defineCheck({
  id: 'acknowledges-in-time',
  kind: 'webhook',
  topic: 'Webhooks',
  severity: 'major',
  title: 'Your receiver acknowledges an event before the sender gives up',
  why: 'A sender that waits too long takes the event for lost and delivers it again; after enough of that it switches the webhook off.',
  fix: 'Store the event, answer 2xx at once, and do the work afterwards. A sample whose work takes long (webhook.slow) shows most.',
  refs: ['https://docs.stripe.com/webhooks#acknowledge-events-immediately'],
  bounds: [
    'Each accepted event must be answered within contract.webhook.ackMs.',
    'One late answer among several stays open: a busy machine holds up few.',
  ],
  needs: ['webhook.control', 'webhook.forms', 'webhook.unusual'],

  judge({ 'webhook.control': control, 'webhook.forms': forms, 'webhook.unusual': unusual }) {
    const calls = [control, forms, unusual].flatMap(({ rounds }) => callsOf(rounds)).filter(isAccepted);
    const [slowest] = calls.toSorted((a, b) => tookMs(b) - tookMs(a));
    if (slowest === undefined) return inconclusive('none-accepted', 'No event was acknowledged at all.');
    const { ackMs } = control;
    const took = Math.round(tookMs(slowest));
    const figures = { expected: `2xx within ${ackMs} ms`, measured: `${took} ms` };
    const late = calls.filter((call) => tookMs(call) > ackMs);
    // A machine that holds one up holds up few.
    if (late.length === 1 && calls.length > 2)
      return inconclusive(
        'once-late',
        `One event of ${calls.length} took ${took} ms, longer than ${ackMs} ms, and no other did: your receiver or this machine was held up.`,
        late,
        figures,
      );
    return late.length > 0
      ? fail(
          'late',
          `${plural(late.length, 'event')} of ${calls.length} took longer than ${ackMs} ms, up to ${took} ms.`,
          late,
          figures,
        )
      : pass(
          'in-time',
          `The slowest of ${plural(calls.length, 'event')} was acknowledged after ${took} ms.`,
          [slowest],
          figures,
        );
  },
});

function tookMs({ startedAtMs, sentAtMs, endedAtMs }: Exchange): number {
  return endedAtMs - (sentAtMs ?? startedAtMs);
}
