import { lack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { bareRead } from '../reading.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.certificate',
  says: 'looking at the certificate',
  after: [],
  calls: (api) =>
    api.endpoint.mock
      ? NO_MOCK
      : api.url.protocol === 'https:'
        ? { call: bareRead(api, { kind: 'fresh' }) }
        : lack('an https:// endpoint.url'),
  run: async ({ api, send }) => ({ host: api.url.hostname, call: await send('call', { whatever: true }) }),
});
