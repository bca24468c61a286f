// A key that is read from the query under the name of its own header.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { queryNamesOf } from '../../src/config/query-names.js';
import { type ConfigInput, contractSchema } from '../../src/config/schema.js';
import { runConfig } from '../helpers/in-process.js';

const KEY = 'key-of-the-query-test';
const open: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function asked(parameter: string | null) {
  let inQuery = 0;
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (searchParams.size > 0) inQuery += 1;
    const key = request.headers['x-acme-key'] ?? (parameter === null ? null : searchParams.get(parameter));
    response.writeHead(key === KEY ? 200 : 401).end('{}');
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const config: ConfigInput = {
    extends: 'none',
    contract: { auth: { headers: [{ name: 'X-Acme-Key' }] } },
    endpoint: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      key: '${KEY}',
      keyInQuery: 'real',
      operations: { read: { path: '/ping' } },
    },
  };
  const { report } = await runConfig(config, { only: ['ignores-key-in-query'], environment: { KEY } });
  return { ...report.checks[0], inQuery };
}

describe('a key in the query', () => {
  it.each([
    'X-Acme-Key',
    'x-acme-key',
    'x_acme_key',
    'acme-key',
    'acme_key',
    'access_token',
  ])('that is read as %s is found', async (parameter) => {
    const { code, because } = await asked(parameter);
    expect(code).toBe('accepted');
    expect(because).toContain(parameter);
  });

  it('that is read nowhere costs one request, whatever the names', async () => {
    const { code, inQuery } = await asked(null);
    expect([code, inQuery]).toEqual(['refused', 1]);
  });

  it.each([
    [{ headers: [{ name: 'api_token' }] }, ['api_token', 'api-token']],
    [{ basic: {} }, ['Authorization', 'authorization']],
    [{ body: 'apiKey' }, ['apiKey', 'apikey']],
    [{ login: { path: '/sessions', token: '/token' } }, ['Authorization', 'authorization']],
  ])('is tried under the names of %j', (auth, expected) => {
    const names = queryNamesOf(contractSchema.parse({ auth: { queryNames: ['usual'], ...auth } }));
    expect(names).toEqual(['usual', ...expected]);
  });
});
