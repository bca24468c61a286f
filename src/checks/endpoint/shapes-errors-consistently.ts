import { errorShapeFor } from '../../evidence/error-shape.js';
import { statusOf } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, errorsIn, plural, seen } from '../shared/answers.js';
import { beforeCodeText, isBeforeCode, PROVOKING } from '../shared/provoked.js';
import { shapeFaults, shapeText } from '../shared/shapes.js';

export default defineCheck({
  id: 'shapes-errors-consistently',
  kind: 'endpoint',
  topic: 'Errors',
  severity: 'major',
  title: 'Errors have the documented shape',
  why: 'Code that reads the error code must find it in every error, or it falls into its default branch when it matters.',
  fix: 'Parse errors defensively, and tell the provider which answers deviate.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9457'],
  promises: ['contract.errors'],
  needs: ['endpoint.traffic', 'endpoint.unauthenticated', 'endpoint.wrong-key'],
  wants: PROVOKING,
  mayLack: ['endpoint.unauthenticated', 'endpoint.wrong-key'],

  judge(
    { 'endpoint.traffic': { exchanges }, 'endpoint.unauthenticated': _missing, 'endpoint.wrong-key': _wrong },
    contract,
  ) {
    // An unknown path has a check of its own.
    const errors = errorsIn(exchanges).filter((one) => one.probe !== 'unknown-path' && !isBeforeCode(one, contract));
    if (contract.errors === undefined) return notApplicable('unset', 'Applies with contract.errors.');
    if (errors.length === 0) return inconclusive('none', 'No error answer was recorded.');
    const judged = errors.flatMap((one) => {
      const faults = shapeFaults(one, contract);
      return faults === null ? [] : [{ one, faults }];
    });
    if (judged.length === 0)
      return notApplicable(
        'unset',
        'Applies with contract.errors.default, or byStatus for the errors seen.',
        [],
        [['contract.errors.default', 'contract.errors.byStatus']],
      );
    const deviating = judged.filter(({ faults }) => faults.length > 0);
    const first = deviating[0];
    if (first === undefined)
      return pass(
        'shaped',
        `All ${plural(judged.length, 'error answer')} have the promised content type and members.${beforeCodeText(exchanges, contract)}`,
        judged.slice(0, 3).map(({ one }) => one),
      );
    const expected = shapeText(errorShapeFor(contract, statusOf(first.one) ?? 0));
    return fail(
      'deviates',
      `${deviating.length} of ${plural(judged.length, 'error answer')} deviate, e.g. ${callOf(first.one)} (${seen(first.one)}): ${first.faults.join('; ')}.`,
      deviating.slice(0, 3).map(({ one }) => one),
      { expected, measured: first.faults.join('; ') },
    );
  },
});
