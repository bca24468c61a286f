import { defineCheck, fail, notApplicable, pass } from '../define.js';
import { ids, withoutLanes } from '../shared/clients.js';

export default defineCheck({
  id: 'keeps-body-on-its-origin',
  kind: 'client',
  topic: 'Access',
  severity: 'minor',
  title: 'A redirect to another origin gets no request body',
  why: "After a 307 or 308 many HTTP libraries send the body again, wherever it points: another host would read your customers' data.",
  fix: "Do not follow redirects of calls with a body (fetch: redirect: 'manual'; axios: maxRedirects: 0), or check the new origin first.",
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.4', 'https://fetch.spec.whatwg.org/#http-redirect-fetch'],
  needs: ['client.redirect', 'client.control'],

  judge({ 'client.redirect': under, 'client.control': control }) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const at = under.runs.flatMap((run) => ids(run));
    // 301, 302 and 303 turn a POST into a GET, so that no body could follow.
    const asked = under.runs.filter((run) =>
      run.recording.attempts.some(
        ({ answer, request }) => [307, 308].includes(answer?.status ?? 0) && request.body !== null,
      ),
    );
    if (asked.length === 0)
      return notApplicable('no-body', 'Applies where client.operation sends a body, which a 307 keeps.', at);
    const followed = under.runs.flatMap((run) => run.recording.elsewhere);
    if (followed.length === 0) return pass('not-followed', 'The redirect to another origin was not followed.', at);
    const call = followed.find(({ request }) => (request.body?.bytes ?? 0) > 0);
    if (call === undefined)
      return pass('followed-bare', 'The redirect was followed without the body.', [
        ...at,
        ...followed.map((one) => one.id),
      ]);
    return fail('handed-over', 'The other origin received the body.', [...at, call.id], {
      expected: 'no body',
      measured: `a body of ${call.request.body?.bytes ?? 0} bytes`,
    });
  },
});
