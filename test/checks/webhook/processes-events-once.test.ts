import check from '../../../src/checks/webhook/processes-events-once.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { duplicateCases, event, killed, rounds, SEEING, settled } from '../../helpers/receiver-evidence.js';

const cases = duplicateCases('duplicates', (evidence) => ({ ...evidence, 'webhook.killed': killed() }));
const behind = (one: ReturnType<typeof killed>) => ({
  'webhook.control': SEEING,
  'webhook.duplicates': {
    rounds: [
      rounds([{ group: 'resigned duplicates', answers: [200, 200], events: ['a', 'a'], effects: 1 }], settled(0)),
    ],
  },
  'webhook.killed': one,
});
const LOST = killed({ second: { kept: 0, afterAgain: 0, afterRepeated: 0 } });

judgeCases(check, {
  ...cases,
  once: [
    ...(cases.once ?? []),
    { outcome: 'pass', evidence: behind(LOST), name: 'what was lost is another fault' },
    { outcome: 'pass', evidence: behind(killed({}, { rounds: [] })), name: 'of a receiver that is not ours' },
    {
      outcome: 'pass',
      evidence: behind(killed({ first: { afterRepeated: 9 } }, { why: 'webhook.effect is gone' })),
      name: 'where no effect can be told',
    },
    {
      outcome: 'pass',
      evidence: behind(
        killed({ first: { again: [event('webhook.killed.again', 500)], afterAgain: 2, afterRepeated: 2 } }),
      ),
      name: 'what is refused again and again is no event that was taken',
    },
  ],
  'seen-not-processed': [
    {
      outcome: 'fail',
      evidence: behind(killed({ first: { afterAgain: 2, afterRepeated: 2 } })),
      says: /1 event without an answer/,
      figures: { expected: '3 effects', measured: '2 effects' },
    },
  ],
  'twice-after-a-kill': [
    {
      outcome: 'fail',
      evidence: behind(killed({ first: { afterAgain: 4, afterRepeated: 4 } })),
      says: /4 effects in place of 3/,
    },
    { outcome: 'fail', evidence: behind(killed({ second: { afterRepeated: 2 } })), says: /after it had answered/ },
  ],
});
