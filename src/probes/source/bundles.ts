import { defineSourceProbe } from '../define.js';

export default defineSourceProbe({
  key: 'source.bundles',
  says: 'looking for secrets in what is built',
  after: [],
  settings: ['source.bundles'],
  async run(context) {
    const { readBundles } = await import('../../source/read-tree.js');
    return readBundles(context, context.source.bundles ?? []);
  },
});
