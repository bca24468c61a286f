// What new-check writes. A structure test compiles and lints both.

export function checkTemplate(kind: string, id: string): string {
  const words = id.replaceAll('-', ' ');
  return `import { isExpected } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';

export default defineCheck({
  id: '${id}',
  kind: '${kind}',
  topic: 'Access',
  severity: 'major',
  title: 'It ${words}',
  why: 'What goes wrong in production where this is not so.',
  fix: 'What to change, as an action.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110'],
  items: [],
  needs: ['endpoint.authenticated'],

  judge({ 'endpoint.authenticated': { call } }) {
    if (isExpected(call)) return pass('as-expected', 'What was seen.', [call]);
    return fail('otherwise', 'What was seen instead.', [call]);
  },
});
`;
}

export function testTemplate(kind: string, id: string): string {
  const up = '../../../';
  return `import check from '${up}src/checks/${kind}/${id}.js';
import { exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

judgeCases(check, {
  'as-expected': [{ outcome: 'pass', evidence: { 'endpoint.authenticated': { call: exchange({ status: 200 }) } } }],
  otherwise: [{ outcome: 'fail', evidence: { 'endpoint.authenticated': { call: exchange({ status: 500 }) } } }],
});
`;
}
