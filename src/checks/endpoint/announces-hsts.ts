import { answerHeader } from '../../evidence/exchange.js';
import { defineCheck, fail, notApplicable, pass } from '../define.js';
import { withoutControl } from '../shared/answers.js';

// RFC 6797, 6.1: directives in any order, names without case, a value also as a quoted string.
const MAX_AGE = /(?:^|;)\s*max-age\s*=\s*(?:"(\d+)"|(\d+))\s*(?=;|$)/i;

export default defineCheck({
  id: 'announces-hsts',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'minor',
  title: 'The API announces that it speaks HTTPS only',
  why: 'Strict-Transport-Security keeps clients that obey it from ever sending a key in the clear.',
  fix: 'Ask the provider for Strict-Transport-Security, and write https:// into every URL of yours regardless.',
  refs: ['https://www.rfc-editor.org/rfc/rfc6797#section-6.1'],
  needs: ['endpoint.authenticated', 'endpoint.target'],

  // Over plain HTTP the header must be ignored (RFC 6797, 8.1).
  unless({ 'endpoint.authenticated': read, 'endpoint.target': target }) {
    if (read === undefined ? target?.plain !== true : read.call.request.url.startsWith('https:')) return null;
    const at = read === undefined ? [] : [read.call];
    return notApplicable('plain', 'Applies with an https:// endpoint.url.', at);
  },

  judge({ 'endpoint.authenticated': { call } }) {
    const noControl = withoutControl(call);
    if (noControl !== null) return noControl;
    const header = answerHeader(call, 'strict-transport-security');
    const expected = 'Strict-Transport-Security with max-age above 0';
    if (header === undefined)
      return fail('missing', 'The answer has no Strict-Transport-Security.', [call], { expected, measured: 'none' });
    const found = MAX_AGE.exec(header);
    if (found === null)
      return fail('malformed', `Strict-Transport-Security has no readable max-age: ${header}.`, [call], {
        expected,
        measured: header || 'empty',
      });
    if (Number(found[1] ?? found[2]) === 0)
      return fail('revoked', 'Strict-Transport-Security has max-age 0, which takes the promise back.', [call], {
        expected,
        measured: header,
      });
    return pass('announced', `Strict-Transport-Security: ${header}.`, [call]);
  },
});
