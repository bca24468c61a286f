import { answerHeader, isErrorAnswer, isSuccess, statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, isFromTheEdge, plural, seen } from '../shared/answers.js';
import { beforeCodeText, isBeforeCode, PROVOKING } from '../shared/provoked.js';

export default defineCheck({
  id: 'echoes-version',
  kind: 'endpoint',
  topic: 'Versions',
  severity: 'major',
  title: 'Every answer names the version it speaks',
  why: 'The echo is the only proof that the version you pinned is the one you get.',
  fix: 'Log the echoed version, and tell the provider which answers lack it.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-5'],
  promises: ['contract.version.echo'],
  needs: ['endpoint.traffic', 'endpoint.authenticated', 'endpoint.unauthenticated'],
  wants: PROVOKING,
  mayLack: ['endpoint.unauthenticated'],

  judge(
    { 'endpoint.traffic': { exchanges }, 'endpoint.authenticated': _read, 'endpoint.unauthenticated': _error },
    contract,
  ) {
    const version = contract.version;
    if (version?.echo === undefined) return notApplicable('unset', 'Applies with contract.version.echo.');
    const { echo } = version;
    // What a refused version echoes is the refusal's own affair; only versions that are served count.
    const answers = exchanges.filter(
      (one) =>
        statusOf(one) !== null &&
        !isFromTheEdge(one) &&
        !isBeforeCode(one, contract) &&
        (one.request.version === null || one.request.version === version.value),
    );
    if (!answers.some(isSuccess) || !answers.some(isErrorAnswer)) {
      return inconclusive(
        'too-few',
        'A success and an error answer are needed to judge the echo.',
        answers.slice(0, 2),
      );
    }
    for (const one of answers) {
      const echoed = answerHeader(one, echo);
      const wanted = one.request.version ?? version.absent;
      if (echoed === undefined)
        return fail('missing', `${callOf(one)} (${seen(one)}) has no ${echo}.`, [one], {
          expected: `${echo} on every answer`,
          measured: 'no such header',
        });
      if (wanted !== undefined && echoed !== wanted)
        return fail('differs', `${callOf(one)} (${seen(one)}) echoes ${echoed}.`, [one], {
          expected: wanted,
          measured: echoed,
        });
    }
    return pass(
      'echoed',
      `${echo} was right on all ${plural(answers.length, 'answer')}, errors included.${beforeCodeText(exchanges, contract)}`,
      answers.slice(0, 2),
    );
  },
});
