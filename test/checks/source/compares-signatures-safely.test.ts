import check from '../../../src/checks/source/compares-signatures-safely.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { code, place, unreadCases } from '../../helpers/source-evidence.js';

judgeCases(check, {
  ...unreadCases(),
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
