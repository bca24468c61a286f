import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { plural } from '../shared/answers.js';

function isOf(host: string, authority: string | null): boolean {
  return authority?.replace(/:\d*$/, '').toLowerCase() === host;
}

export default defineCheck({
  id: 'uses-https-only',
  kind: 'client',
  topic: 'Access',
  severity: 'blocker',
  title: "No call goes to the API's host in plain HTTP",
  why: 'A call in plain HTTP hands the key and the data to everyone on the way, even where the API then redirects to https.',
  fix: 'Write https:// wherever the address of the API is built, and refuse a base URL that begins with http://.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2'],
  needs: ['client.facts', 'client.lanes'],

  unless({ 'client.facts': facts }) {
    if (facts === undefined) return null;
    if (facts.intercepted === undefined)
      return notApplicable(
        'not-intercepted',
        'Applies with client.intercept: proxy, under which your client calls its real address.',
        [],
        ['client.intercept: proxy'],
      );
    if (facts.intercepted.secure) return null;
    return notApplicable('plain-endpoint', 'Applies where endpoint.url begins with https://.');
  },

  judge({ 'client.facts': { intercepted }, 'client.lanes': { runs } }) {
    if (intercepted === undefined) throw new Error('unreachable: unless says so');
    const calls = runs
      .flatMap((run) => run.recording.attempts)
      .filter(({ request, authority }) => request.method !== '' && isOf(intercepted.host, authority));
    const plain = calls.filter((call) => call.scheme === 'http');
    const [first] = plain;
    if (first !== undefined)
      return fail(
        'plain',
        `${plain.length} of ${plural(calls.length, 'call')} went to ${intercepted.host} in plain HTTP, e.g. ${first.request.method} ${first.request.url.split('?')[0]}.`,
        plain.slice(0, 3).map((call) => call.id),
        { expected: 'https', measured: 'http' },
      );
    if (calls.length === 0) return inconclusive('no-calls', 'No call was recorded.');
    return pass(
      'encrypted',
      `All ${plural(calls.length, 'call')} to ${intercepted.host} went by https.`,
      calls.slice(0, 3).map((call) => call.id),
    );
  },
});
