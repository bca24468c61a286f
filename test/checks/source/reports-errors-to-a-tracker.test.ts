import check from '../../../src/checks/source/reports-errors-to-a-tracker.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { code, place } from '../../helpers/source-evidence.js';

judgeCases(check, {
  'control-failed': [{ outcome: 'inconclusive', evidence: code({}, { control: { planted: 20, found: 19 } }) }],
  'not-all-read': [{ outcome: 'inconclusive', evidence: code({}, { bounds: ['a file that is large'] }) }],
  'nothing-read': [
    { outcome: 'inconclusive', evidence: code({}, { read: 0, languages: {} }) },
    {
      outcome: 'inconclusive',
      evidence: code({}, { languages: {}, foreign: 3 }),
      says: /3 written by others/,
      name: 'settings alone are no code',
    },
  ],
  started: [
    { outcome: 'pass', evidence: code({ 'tracker-start': { places: [place] } }, { bounds: ['a file that is large'] }) },
  ],
  'not-started': [{ outcome: 'fail', evidence: code({ tracker: { places: [place] } }), says: /never started: src/ }],
  'no-tracker': [{ outcome: 'fail', evidence: code({ 'tracker-start': { inTests: [place] } }) }],
});
