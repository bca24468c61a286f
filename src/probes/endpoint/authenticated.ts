import { isLack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';

/** The control of all the others: without an answer here nothing else is sent. */
export default defineProbe({
  key: 'endpoint.authenticated',
  says: 'reading as configured',
  after: [],
  settings: ['endpoint.operations.read'],
  calls(api) {
    const read = api.call('read');
    return isLack(read) ? read : { call: read };
  },
  run: async ({ send }) => ({ call: await send('call') }),
});
