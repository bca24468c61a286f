import check from '../../../src/checks/source/reports-errors-to-a-tracker.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { code, place, unreadCases } from '../../helpers/source-evidence.js';

judgeCases(check, {
  ...unreadCases(),
  started: [
    { outcome: 'pass', evidence: code({ 'tracker-start': { places: [place] } }, { bounds: ['a file that is large'] }) },
  ],
  'not-started': [{ outcome: 'fail', evidence: code({ tracker: { places: [place] } }), says: /never started: src/ }],
  'no-tracker': [{ outcome: 'fail', evidence: code({ 'tracker-start': { inTests: [place] } }) }],
});
