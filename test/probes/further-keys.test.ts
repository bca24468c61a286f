// An API that echoes every key it gets, in several encodings: none of them may reach report or evidence.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';
import { curlOf } from '../../src/report/curl.js';
import { runConfig } from '../helpers/in-process.js';

const KEYS = {
  KEY: 'sk_test_canaryFirstAccount4242424242',
  REVOKED: 'sk_test_canaryRevoked5353535353535353',
  RESTRICTED: 'rk_test_canaryRestricted64646464646464',
  SECOND: 'sk_test_canarySecondAccount757575757575',
};
const FORMS: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => Buffer.from(key).toString('base64'),
  (key) => Buffer.from(key).toString('hex'),
  (key) => [...key].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
];

async function startEcho(): Promise<string> {
  const server = createServer((request, response) => {
    const key = `${request.headers['x-key'] ?? ''}`;
    const status = request.method === 'POST' ? 201 : 200;
    response.writeHead(status, { 'Content-Type': 'application/json', 'X-Echo': FORMS[2]?.(key) ?? '' });
    response.end(JSON.stringify({ id: key, echoed: FORMS.map((form) => form(key)), url: request.url }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('revoked, restricted and second-account keys are redacted in every encoding', async () => {
  const config: ConfigInput = {
    contract: { auth: { headers: [{ name: 'X-Key' }] }, idempotency: { quoted: false, methods: ['POST', 'PATCH'] } },
    endpoint: {
      url: await startEcho(),
      key: '${KEY}',
      revokedKey: '${REVOKED}',
      restrictedKey: '${RESTRICTED}',
      secondAccountKey: '${SECOND}',
      operations: {
        read: { path: '/ping' },
        create: { path: '/orders', body: { reference: '{{unique}}' } },
        update: { path: '/orders/{{id}}', body: { note: '{{unique}}' } },
      },
    },
  };
  const { report, evidence } = await runConfig(config, { environment: KEYS });
  const sent = new Set(evidence.exchanges.map((one) => one.request.credential));
  expect([...sent]).toEqual(expect.arrayContaining(['key', 'revoked', 'restricted', 'second']));
  const text = [JSON.stringify(report), JSON.stringify(evidence), ...evidence.exchanges.map((one) => curlOf(one))].join(
    '\n',
  );
  for (const key of Object.values(KEYS))
    for (const form of FORMS) expect(text.toLowerCase().includes(form(key).toLowerCase()), key).toBe(false);
  for (const name of Object.keys(KEYS)) expect(text).toContain(`[secret:${name}]`);
});
