import check from '../../../src/checks/source/compares-signatures-safely.js';
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
  found: [
    {
      outcome: 'fail',
      evidence: code({ 'unsafe-comparison': { places: [place] }, 'safe-comparison': { places: [place] } }),
      says: /^src\/pay\.ts:3:7/,
      name: 'although another place does it well',
    },
  ],
  'not-seen': [
    {
      outcome: 'inconclusive',
      evidence: code({ 'safe-comparison': { inTests: [place] } }),
      says: /12 files \(10 js\)/,
    },
  ],
  safe: [{ outcome: 'pass', evidence: code({ 'safe-comparison': { places: [place] } }), says: /src\/pay\.ts:3:7/ }],
});
