// `init --openapi` through the built tool.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-init-openapi-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEY = 'sk_live_c4nary0123456789abcdef';
const ORDERS = `openapi: 3.0.3
info: { title: Orders, version: '1' }
servers:
  - { url: 'https://api.orders.example/v1', description: Production }
  - { url: 'https://user:c4nary@sandbox.orders.example/v1?key=c4nary' }
security: [{ Key: [] }]
paths:
  /account: { get: { responses: { '200': { description: ok }, '401': { description: no } } } }
  /products: { get: { responses: { '200': { description: ok } } } }
  /orders:
    post:
      operationId: createOrder
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
            example: { reference: A-1, amount: 5, apiKey: ${KEY}, password: c4nary-word }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
        '422': { description: not valid }
  /quotes:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '201': { description: made } }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Api-Key, description: 'such as ${KEY}' }
  schemas:
    Order:
      type: object
      required: [reference, amount]
      properties:
        id: { type: string, readOnly: true }
        reference: { type: string }
        amount: { type: integer }
        parent: { $ref: '#/components/schemas/Order' }
`;
const PETS = {
  swagger: '2.0',
  info: { title: 'Pets', version: '1' },
  host: 'staging.pets.example',
  basePath: '/v2',
  schemes: ['https'],
  securityDefinitions: { Basic: { type: 'basic' } },
  security: [{ Basic: [] }],
  paths: {
    '/me': {
      get: { produces: ['application/json'], responses: { 200: { description: 'ok', schema: { type: 'object' } } } },
    },
    '/pets': {
      post: {
        consumes: ['application/json'],
        parameters: [{ name: 'pet', in: 'body', schema: { type: 'object', properties: { name: { type: 'string' } } } }],
        responses: {
          201: { description: 'made', schema: { type: 'object', properties: { id: { type: 'integer' } } } },
        },
      },
    },
  },
};

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return name;
}

let written = 0;
async function init(place: string, ...words: string[]) {
  written += 1;
  const output = `config-${written}.yaml`;
  const ended = await runCli(['init', '--openapi', place, '--output', output, ...words], folder);
  const path = join(folder, output);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return { ...ended, text, output, config: parse(text) as { endpoint: Record<string, unknown>; contract: object } };
}

describe('init --openapi', () => {
  it('writes what was found, says from where, and makes a config that plan takes', async () => {
    file('orders.yaml', ORDERS);
    const { code, stdout, stderr, text, output, config } = await init('orders.yaml', '--key-env', 'ORDERS_KEY');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('contract.auth: {"headers":[{"name":"X-Api-Key"}]}  (components.securitySchemes.Key)');
    expect(stdout).toContain('export ORDERS_KEY=');
    expect(config.endpoint).toMatchObject({
      openapi: './orders.yaml',
      url: 'https://sandbox.orders.example/v1',
      environment: 'sandbox',
      key: '${ORDERS_KEY}',
      operations: {
        read: { path: '/account' },
        create: {
          path: '/orders',
          body: { reference: '{{unique}}', amount: 5 },
          fails: { 422: { field: 'reference' } },
        },
      },
    });
    expect(text).toContain('could also be GET /products');
    expect(text).toContain('could also be POST /quotes');
    expect(text).toMatch(/# .*from paths\.\/orders\.post\.requestBody\n +body:/);
    expect(stdout + text).not.toContain('c4nary');
    const plan = await runCli(['plan', '--config', output], folder);
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringMatching(/POST +\/orders/)]);
  });

  it('takes what the flags say instead', async () => {
    file('orders.yaml', ORDERS);
    const words = [
      '--read',
      'GET /products',
      '--create',
      'none',
      '--url',
      'https://orders.example/v1',
      '--command',
      'node a.js',
    ];
    const { config, text } = await init('orders.yaml', ...words);
    // No word of the host says that writes are safe there.
    expect(config.endpoint).toMatchObject({ url: 'https://orders.example/v1', environment: 'live' });
    expect(config.endpoint.operations).toEqual({ read: { path: '/products' } });
    expect(text).toMatch(/^client:\n {2}command: node a\.js\n/m);
  });

  it('reads version 2.0, and a description behind a URL', async () => {
    const server = createServer((_, response) => response.end(JSON.stringify(PETS)));
    const address = await new Promise<string>((resolve) =>
      server.listen(0, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${(server.address() as { port: number }).port}/pets.json`),
      ),
    );
    const { config, code } = await init(address).finally(() => server.close());
    expect(code).toBe(0);
    expect(config.endpoint).toMatchObject({
      openapi: address,
      url: 'https://staging.pets.example/v2',
      operations: { read: { path: '/me' }, create: { path: '/pets', body: { name: '{{unique}}' } } },
    });
    expect(config.contract).toMatchObject({ auth: { basic: { user: '${API_USER}' } } });
  });

  it.each<[string, string[], RegExp]>([
    [
      'orders.yaml',
      ['--read', '/acount'],
      /--read: found "\/acount"; expected the path of a GET .*did you mean "\/account"/,
    ],
    ['orders.yaml', ['--provider', 'runa'], /--openapi: found it beside --provider/],
    ['missing.yaml', [], /missing\.yaml: found nothing that can be read \(ENOENT\)/],
    ['broken.yaml', [], /broken\.yaml:4:1: not valid YAML: .*expected a closing ]/],
    ['https://u:c4nary@a.example/spec.yaml', [], /--openapi: found a URL that carries a credential/],
  ])('refuses %s %j, and leaves nothing behind', async (place, words, message) => {
    file('orders.yaml', ORDERS);
    file('broken.yaml', 'openapi: 3.0.3\npaths:\n  /a: [\n');
    const { code, stderr, stdout, text } = await init(place, ...words);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect([text, stdout + stderr]).toEqual(['', expect.not.stringContaining('c4nary')]);
  });

  const RUNA = fileURLToPath(new URL('../../../shared/data/runa-openapi-2024-02-05.json', import.meta.url));
  it.skipIf(!existsSync(RUNA))(
    "finds in Runa's what its contract says (skipped: shared/data is not beside this checkout)",
    async () => {
      const { config, output } = await init(RUNA);
      expect(config.endpoint).toMatchObject({
        url: 'https://playground.runa.io/v2',
        operations: { create: { path: '/order', id: '/id' } },
      });
      expect(config.contract).toMatchObject({
        auth: { headers: [{ name: 'X-Api-Key' }] },
        idempotency: { header: 'X-Idempotency-Key', required: true },
        version: { name: 'X-Api-Version' },
        pagination: { cursorParameter: 'after', maximum: 500, items: '/items', next: '/pagination/cursors/after' },
      });
      expect((await runCli(['plan', '--config', output], folder)).code).toBe(0);
    },
  );
});
