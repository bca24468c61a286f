import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { type Attempt, ids, withoutLanes } from '../shared/clients.js';

const ALWAYS = ['cookie', 'authorization', 'proxy-authorization'];

/** What of the credential a call carries, in words; null: nothing. */
function carriedBy({ request }: Attempt, names: readonly string[], signature: readonly string[]): string | null {
  const [found] = request.found;
  const headers = request.headers.map(([name]) => name.toLowerCase());
  if (headers.includes('cookie')) return 'cookies';
  if (found !== undefined) {
    const places = { url: 'in its URL', body: 'in its body', trailer: 'in a trailer', header: `in ${found.name}` };
    return `the credential ${places[found.where]}`;
  }
  const header = headers.find((name) => names.includes(name));
  if (header !== undefined) return `a credential in ${header}`;
  const isSigned = signature.length > 0 && signature.every((name) => headers.includes(name));
  return isSigned ? 'the signature' : null;
}

export default defineCheck({
  id: 'keeps-key-on-its-origin',
  kind: 'client',
  topic: 'Access',
  severity: 'blocker',
  title: 'A redirect to another origin gets neither key nor cookies',
  why: 'Anybody who can make the API redirect would receive your key, and could act in your name.',
  fix: 'Do not follow redirects of API calls, or drop every header of the credential, and cookies, when the origin changes.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.4'],
  needs: ['client.facts', 'client.redirect', 'client.control'],

  judge({ 'client.facts': facts, 'client.redirect': under, 'client.control': control }, contract) {
    const unable = withoutLanes(control, under);
    if (unable !== null) return unable;
    const followed = under.runs.flatMap((run) => run.recording.elsewhere);
    const at = under.runs.flatMap((run) => ids(run));
    if (followed.length === 0) return pass('not-followed', 'The redirect to another origin was not followed.', at);
    const { headers = [], login, signature: signed } = contract.auth;
    const signature = signed?.headers.map((name) => name.toLowerCase()) ?? [];
    const own = [...headers.map(({ name }) => name), ...(login === undefined ? [] : [login.header])];
    const names = [...ALWAYS, ...own.map((name) => name.toLowerCase())];
    for (const call of followed) {
      const carried = carriedBy(call, names, signature);
      if (carried !== null)
        return fail('handed-over', `The other origin received ${carried}.`, [...at, call.id], {
          expected: 'nothing of it',
          measured: carried,
        });
    }
    if (!facts.hasKey && contract.auth.none !== true && signature.length === 0)
      return inconclusive(
        'unknown-key',
        'The redirect was followed; whether the key was sent there cannot be seen without endpoint.key or client.key.',
        at,
      );
    return pass('followed-bare', 'The redirect was followed without credential or cookie.', [
      ...at,
      ...followed.map((call) => call.id),
    ]);
  },
});
