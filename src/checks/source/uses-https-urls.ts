import { defineCheck, notApplicable } from '../define.js';
import { judgeAbsence } from '../shared/code.js';

export default defineCheck({
  id: 'uses-https-urls',
  kind: 'source',
  topic: 'Secrets',
  severity: 'major',
  title: 'No http:// URL names a host of the API',
  why: 'The first call carries the key, and a redirect to https comes too late.',
  fix: 'Write https:// in every URL of the API, in settings and samples, too.',
  refs: ['https://www.rfc-editor.org/rfc/rfc6797'],
  needs: ['source.code'],

  judge({ 'source.code': code }) {
    if (code.hosts.length === 0)
      return notApplicable(
        'no-host',
        'Applies with endpoint.url, or a contract that names hosts of the API.',
        [],
        ['endpoint.url'],
      );
    return judgeAbsence(code, 'plain-urls', `http:// URL of ${code.hosts.slice(0, 3).join(', ')}`);
  },
});
