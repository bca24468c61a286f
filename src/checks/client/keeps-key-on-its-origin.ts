import { headerOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { ids, withoutLanes } from '../shared/clients.js';

export default defineCheck({
  id: 'keeps-key-on-its-origin',
  kind: 'client',
  topic: 'Access',
  severity: 'blocker',
  title: 'A redirect to another origin gets neither key nor body',
  why: "Whoever can make the API redirect would be handed your key and your customers' data.",
  fix: 'Do not follow redirects of API calls, or drop Authorization, cookies and the body when the origin changes.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.4'],
  needs: ['client.facts', 'client.redirect', 'client.control'],

  judge({ 'client.facts': facts, 'client.redirect': under, 'client.control': control }, contract) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const followed = under.runs.flatMap((run) => run.recording.elsewhere);
    const at = under.runs.flatMap((run) => ids(run));
    if (followed.length === 0) return pass('not-followed', 'The redirect to another origin was not followed.', at);
    const signature = contract.auth.signature?.headers.map((name) => name.toLowerCase()) ?? [];
    for (const call of followed) {
      const credential =
        call.request.found.length > 0 ||
        call.request.headers.some(([name]) => ['cookie', 'authorization'].includes(name.toLowerCase())) ||
        (signature.length > 0 && signature.every((name) => headerOf(call.request.headers, name) !== undefined));
      const body = (call.request.body?.bytes ?? 0) > 0;
      if (credential || body) {
        const what = [credential ? 'the credential' : '', body ? 'the body' : '']
          .filter((one) => one !== '')
          .join(' and ');
        return fail('handed-over', `The other origin was sent ${what}.`, [...at, call.id], {
          expected: 'nothing of it',
          measured: what,
        });
      }
    }
    if (!facts.hasKey && contract.auth.none !== true && signature.length === 0)
      return inconclusive(
        'unknown-key',
        'The redirect was followed; whether the key went along cannot be told without endpoint.key or client.key.',
        at,
      );
    return pass('followed-bare', 'The redirect was followed without credential, cookie or body.', [
      ...at,
      ...followed.map((call) => call.id),
    ]);
  },
});
