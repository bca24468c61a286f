import { defineSourceProbe } from '../define.js';

export default defineSourceProbe({
  key: 'source.code',
  says: 'reading code',
  after: [],
  run: async (context) => (await import('../../source/read-code.js')).readCode(context),
});
