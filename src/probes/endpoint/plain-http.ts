import { lack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { bareRead } from '../reading.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.plain-http',
  says: 'asking without TLS, and with it, both without the key',
  after: [],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    if (api.plainUrl === null) return lack('a host other than loopback, or endpoint.plainUrl', 'endpoint.plainUrl');
    const plain = bareRead(api, { kind: 'plain' });
    return api.url.protocol === 'https:' ? { plain, secure: bareRead(api, { kind: 'fresh' }) } : { plain };
  },
  run: async ({ api, send }) => ({
    secure: api.url.protocol === 'https:' ? await send('secure', { whatever: true }) : null,
    plain: await send('plain', { whatever: true }),
  }),
});
