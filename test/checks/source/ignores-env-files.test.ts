import check from '../../../src/checks/source/ignores-env-files.js';
import type { EnvFilesEvidence } from '../../../src/evidence/source.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (changed: Partial<EnvFilesEvidence> = {}) => ({
  'source.env-files': {
    tracked: 9,
    files: [],
    unread: [],
    places: [{ path: '.env', ignored: true }],
    used: true,
    ...changed,
  },
});

judgeCases(check, {
  tracked: [
    {
      outcome: 'fail',
      evidence: evidence({ files: [{ path: '.env', names: ['API_KEY'], isSecret: true }] }),
      says: /\.env \(API_KEY\)/,
      figures: { expected: 'none', measured: '1 file' },
    },
  ],
  unread: [{ outcome: 'inconclusive', evidence: evidence({ unread: ['.env'] }) }],
  'nothing-tracked': [{ outcome: 'inconclusive', evidence: evidence({ tracked: 0 }) }],
  'not-ignored': [
    {
      outcome: 'fail',
      evidence: evidence({ places: [{ path: 'api/.env', ignored: false }] }),
      says: /No \.gitignore names api\/\.env\./,
    },
  ],
  unused: [{ outcome: 'pass', evidence: evidence({ places: [{ path: '.env', ignored: false }], used: false }) }],
  ignored: [
    { outcome: 'pass', evidence: evidence() },
    {
      outcome: 'pass',
      evidence: evidence({ files: [{ path: '.env.test', names: ['PORT'], isSecret: false }] }),
      name: 'a file of settings is no secret',
    },
  ],
});
