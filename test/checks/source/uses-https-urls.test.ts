import check from '../../../src/checks/source/uses-https-urls.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { absenceCases, code } from '../../helpers/source-evidence.js';

judgeCases(check, {
  'no-host': [{ outcome: 'not-applicable', evidence: code({}, { hosts: [] }) }],
  ...absenceCases('plain-urls'),
});
