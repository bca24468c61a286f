import { isLack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.unknown-path',
  says: 'asking for a path that does not exist',
  after: ['endpoint.authenticated'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    const read = api.call('read');
    if (isLack(read)) return read;
    return { call: api.get('/golive-check-{{unique}}', { expected: [404] }) };
  },
  run: async ({ send, fresh }) => ({ call: await send('call', { unique: fresh() }) }),
});
