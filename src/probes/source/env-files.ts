import { defineSourceProbe } from '../define.js';

export default defineSourceProbe({
  key: 'source.env-files',
  says: 'looking for files of environment variables',
  after: [],
  run: async (context) => (await import('../../source/env-files.js')).readEnvFiles(context),
});
