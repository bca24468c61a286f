import { defineSourceProbe } from '../define.js';

export default defineSourceProbe({
  key: 'source.files',
  says: 'looking for secrets in tracked files',
  after: [],
  run: async (context) => (await import('../../source/read-tree.js')).readTree(context),
});
