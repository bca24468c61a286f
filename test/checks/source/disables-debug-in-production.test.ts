import check from '../../../src/checks/source/disables-debug-in-production.js';
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
      evidence: code({ debug: { places: [place] } }, { bounds: ['a file that is large'] }),
      says: /^src\/pay\.ts:3:7: what stands there\.$/,
    },
    {
      outcome: 'fail',
      evidence: code({ debug: { places: Array.from({ length: 9 }, () => place), inTests: [place] } }),
      says: /; and 4 more\. In tests, which weigh nothing/,
      name: 'many are shown in short',
    },
  ],
  none: [
    { outcome: 'pass', evidence: code(), says: /in 12 files \(10 js\)/ },
    {
      outcome: 'pass',
      evidence: code({ debug: { inTests: [place] } }),
      says: /In tests, which weigh nothing: src/,
      name: 'tests weigh nothing, and are named',
    },
  ],
});
