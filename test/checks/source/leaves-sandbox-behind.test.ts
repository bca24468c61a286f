import check from '../../../src/checks/source/leaves-sandbox-behind.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { absenceCases, code } from '../../helpers/source-evidence.js';

judgeCases(check, {
  'not-live': [{ outcome: 'not-applicable', evidence: code({}, { sandbox: null }) }],
  'unknown-sandbox': [{ outcome: 'not-applicable', evidence: code({}, { sandbox: [] }) }],
  ...absenceCases('sandbox'),
});
