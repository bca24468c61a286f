import type { OldTls } from '../../evidence/exchange.js';
import { defineProbe } from '../define.js';
import { bareRead } from '../reading.js';

const VERSIONS = { 'TLS 1.0': 'TLSv1', 'TLS 1.1': 'TLSv1.1' } as const satisfies Record<string, OldTls>;

export default defineProbe({
  key: 'endpoint.old-tls',
  says: 'offering old versions of TLS only',
  after: ['endpoint.certificate'],
  calls: (api) =>
    Object.fromEntries(
      Object.entries(VERSIONS).map(([name, version]) => [name, bareRead(api, { kind: 'tls', version })]),
    ),
  run: async ({ send }) => ({
    tries: await Promise.all(
      Object.keys(VERSIONS).map(async (version) => ({ version, call: await send(version, { whatever: true }) })),
    ),
  }),
});
