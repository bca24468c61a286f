import { without } from '../../evidence/unlock.js';
import { defineSourceProbe } from '../define.js';

export default defineSourceProbe({
  key: 'source.history',
  says: 'looking for secrets in the history',
  after: [],
  missing: ({ history }) => (history === false ? without('source.history: all') : null),
  run: async (context) => (await import('../../source/read-commits.js')).readCommits(context),
});
