import check from '../../../src/checks/source/reads-keys-from-environment.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { code, place, unreadCases } from '../../helpers/source-evidence.js';

judgeCases(check, {
  ...unreadCases(),
  found: [
    {
      outcome: 'fail',
      evidence: code({ 'literal-keys': { places: [place] }, 'environment-keys': { places: [place] } }),
      says: /^src\/pay\.ts:3:7/,
      name: 'although another place does it well',
    },
  ],
  'not-seen': [
    {
      outcome: 'inconclusive',
      evidence: code({ 'environment-keys': { inTests: [place] } }),
      says: /12 files \(10 js\)/,
    },
  ],
  read: [{ outcome: 'pass', evidence: code({ 'environment-keys': { places: [place] } }), says: /src\/pay\.ts:3:7/ }],
});
