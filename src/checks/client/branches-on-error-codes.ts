import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { endOf, ids, timelineOf, withoutEnds, withoutLanes } from '../shared/clients.js';

export default defineCheck({
  id: 'branches-on-error-codes',
  kind: 'client',
  topic: 'Errors',
  severity: 'major',
  title: 'Another error message changes nothing',
  why: 'Message texts change without notice; codes are the contract.',
  fix: 'Branch on status and error code, never on message text.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9457#section-3.1.4'],
  needs: ['client.control', 'client.other-message'],

  judge({ 'client.control': control, 'client.other-message': under }) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const blind = withoutEnds(under.runs);
    if (blind !== null) return blind;
    const [usual, other] = under.runs;
    if (usual === undefined || other === undefined) return inconclusive('too-few', 'Two runs are needed to compare.');
    const behaviour = (run: typeof usual) => `${plural(attemptsOf(run).length, 'attempt')}, ${endOf(run)}`;
    const at = [...ids(usual), ...ids(other)];
    // Endless retrying is judged by bounds-attempts; how often it fits into client.patience says nothing of the words.
    if (usual.ended === 'patience' && other.ended === 'patience')
      return inconclusive('still-running', 'Both runs were still running, so how they end is not known.', at);
    if (behaviour(usual) === behaviour(other)) return pass('same', `With both messages: ${behaviour(usual)}.`, at);
    return fail(
      'differs',
      `With another message under the same code: ${behaviour(other)}; with the usual message: ${behaviour(usual)}.`,
      at,
      { expected: behaviour(usual), measured: behaviour(other), timeline: timelineOf(other) },
    );
  },
});
