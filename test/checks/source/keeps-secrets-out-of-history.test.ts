import check from '../../../src/checks/source/keeps-secrets-out-of-history.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { finding, history } from '../../helpers/source-evidence.js';

const evidence = (changed: Parameters<typeof history>[0] = {}) => ({ 'source.history': history(changed) });
const commit = 'c0ffee0123456789c0ffee0123456789c0ffee01';

judgeCases(check, {
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence({ control: { planted: 3, found: 0 } }) }],
  found: [
    {
      outcome: 'fail',
      evidence: evidence({ findings: [finding({ commit })], cut: 'the clone is shallow' }),
      says: /src\/pay\.ts:3:7 in commit c0ffee0123: a GitHub token/,
      name: 'in a history that is cut, too',
    },
    {
      outcome: 'fail',
      evidence: evidence({ findings: [finding({ commit, inMessage: true, line: 1 })], stashes: 2 }),
      says: /message of commit c0ffee0123, line 1: .* 2 stashes not searched\./,
    },
  ],
  'not-all-read': [{ outcome: 'inconclusive', evidence: evidence({ bounds: ['100 commits (source.history)'] }) }],
  'nothing-read': [{ outcome: 'inconclusive', evidence: evidence({ read: 0 }) }],
  'history-cut': [
    { outcome: 'inconclusive', evidence: evidence({ cut: 'the clone is shallow' }), says: /4 commits, but the clone/ },
  ],
  clean: [
    {
      outcome: 'pass',
      evidence: evidence({ stashes: 1 }),
      says: /not stashes and the reflog\. 1 stash not searched\.$/,
    },
  ],
});
