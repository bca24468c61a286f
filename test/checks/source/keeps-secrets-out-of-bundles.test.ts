import check from '../../../src/checks/source/keeps-secrets-out-of-bundles.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { finding, scan } from '../../helpers/source-evidence.js';

const evidence = (changed: Parameters<typeof scan>[0] = {}) => ({ 'source.bundles': scan(changed) });

judgeCases(check, {
  'control-failed': [
    { outcome: 'inconclusive', evidence: evidence({ control: { planted: 3, found: 2 } }) },
    { outcome: 'inconclusive', evidence: evidence({ control: { planted: 0, found: 0 } }), name: 'nothing was planted' },
  ],
  found: [
    {
      outcome: 'fail',
      evidence: evidence({ findings: [finding()] }),
      says: /^src\/pay\.ts:3:7: a GitHub token \(gh…, fingerprint 0123456789abcdef\)\.$/,
      figures: { expected: 'no secret', measured: '1 secret' },
    },
    {
      outcome: 'fail',
      evidence: evidence({ findings: [finding({ part: 'test' }), finding()], bounds: ['a file larger than 32 MiB'] }),
      says: /gh…, fingerprint \w+\); .*in a test\)\. 1 of them in tests/,
      name: 'ordinary code comes first, and what was not read changes nothing',
    },
    {
      outcome: 'fail',
      evidence: evidence({ findings: Array.from({ length: 9 }, (_, at) => finding({ line: at + 1 })), badLines: [4] }),
      says: /and 4 more.*line 4: expected a fingerprint/,
      name: 'many are shown in short',
    },
  ],
  'not-all-read': [
    { outcome: 'inconclusive', evidence: evidence({ bounds: ['a file larger than 32 MiB'] }), says: /32 MiB/ },
  ],
  'nothing-read': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ read: 0, skipped: { binary: 1, links: 0, submodules: 0, excluded: 7 } }),
      says: /Not read: 1 binary, 7 left out by the config/,
    },
  ],
  clean: [
    { outcome: 'pass', evidence: evidence() },
    {
      outcome: 'pass',
      evidence: evidence({ examples: 2, allowed: 1, badLines: [3] }),
      says: /2 examples or placeholders\. 1 allowed by \.golive-check-ignore\..* line 3/,
      name: 'what was allowed is said',
    },
  ],
});
