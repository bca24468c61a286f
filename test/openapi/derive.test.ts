import { describe, expect, it } from 'vitest';
import { answersOf } from '../../src/openapi/derive/answers.js';
import { authOf } from '../../src/openapi/derive/auth.js';
import { candidatesOf } from '../../src/openapi/derive/candidates.js';
import { type Node, operationsOf } from '../../src/openapi/derive/document.js';
import { pagingOf } from '../../src/openapi/derive/paging.js';
import { sample } from '../../src/openapi/derive/sampler.js';
import { requestSample, withUnique } from '../../src/openapi/derive/samples.js';
import { isFit } from '../../src/openapi/derive/secrets.js';
import { serversOf } from '../../src/openapi/derive/servers.js';
import { type Choices, derive } from '../../src/openapi/derive.js';

const json = (schema: object, more: object = {}) => ({ content: { 'application/json': { schema, ...more } } });
const text = { type: 'string' };
const ERROR = { type: 'object', required: ['error'], properties: { error: { $ref: '#/components/schemas/Problem' } } };

/** An API as many are: wrapped errors, a cursor, a key in a header, an idempotency key. */
const ORDERS: Node = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  servers: [
    { url: 'https://api.orders.example/v1', description: 'Production' },
    { url: 'https://sandbox.orders.example/v1' },
  ],
  security: [{ Key: [] }],
  paths: {
    '/health': { get: { security: [], responses: { 200: json({ type: 'object' }) } } },
    '/account': {
      get: {
        responses: {
          200: json({ type: 'object', properties: { id: text, name: text } }),
          401: json(ERROR),
          404: json({ type: 'object', required: ['lost'], properties: { lost: text } }),
        },
      },
    },
    '/orders/search': { post: { requestBody: json({ type: 'object' }), responses: { 200: json({ type: 'object' }) } } },
    '/orders': {
      parameters: [{ name: 'X-Api-Version', in: 'header', schema: { type: 'string', default: '2026-01-01' } }],
      get: {
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 50, default: 10 } },
          { name: 'cursor', in: 'query', schema: text },
          { name: 'reference', in: 'query', schema: text },
        ],
        responses: {
          200: json({
            type: 'object',
            properties: {
              data: { type: 'array', items: { $ref: '#/components/schemas/Order' } },
              next_cursor: { type: ['string', 'null'] },
            },
          }),
        },
      },
      post: {
        operationId: 'createOrder',
        parameters: [
          { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', maxLength: 64 } },
          { name: 'X-Tenant', in: 'header', required: true, schema: { enum: ['eu', 'us'] } },
        ],
        requestBody: json({ $ref: '#/components/schemas/Order' }),
        responses: { 201: json({ $ref: '#/components/schemas/Order' }), 401: json(ERROR), 422: json(ERROR) },
      },
    },
    '/orders/{id}': { get: { responses: { 200: json({ $ref: '#/components/schemas/Order' }) } } },
  },
  components: {
    securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } },
    schemas: {
      Order: {
        type: 'object',
        required: ['reference', 'amount', 'currency'],
        properties: {
          id: { type: 'string', readOnly: true },
          reference: { type: 'string', maxLength: 12, pattern: '^[A-Z0-9]+$' },
          amount: { type: 'integer', minimum: 100 },
          currency: { type: 'string', enum: ['EUR', 'USD'] },
          parent: { $ref: '#/components/schemas/Order' },
        },
      },
      Problem: {
        type: 'object',
        required: ['code', 'message', 'hint'],
        properties: { code: text, message: text, hint: { type: ['string', 'null'] } },
      },
    },
  },
};

function choicesOf(document: Node): Choices {
  const { reads, creates } = candidatesOf(document);
  const [server] = serversOf(document, '').filter((one) => one.environment === 'sandbox');
  return { url: server?.url ?? null, environment: null, read: reads[0] ?? null, create: creates[0] ?? null };
}

/** Facts by their place. */
function factsOf(document: Node, choices = choicesOf(document)): Record<string, unknown> {
  const { facts } = derive(document, choices, sample);
  return Object.fromEntries(facts.map(({ at, value }) => [at.join('.'), value]));
}

describe('a config out of a description', () => {
  it('takes what is said, and says where', () => {
    const found = factsOf(ORDERS);
    expect(found).toMatchObject({
      'endpoint.url': 'https://sandbox.orders.example/v1',
      'endpoint.environment': 'sandbox',
      'contract.environments.live': { hosts: ['api.orders.example'] },
      'contract.auth': { headers: [{ name: 'X-Api-Key' }] },
      'contract.version': { in: 'header', name: 'X-Api-Version', value: '2026-01-01' },
      'contract.idempotency': { header: 'Idempotency-Key', methods: ['POST'], required: true, maxLength: 64 },
      'contract.pagination': {
        style: 'cursor',
        cursorParameter: 'cursor',
        limitParameter: 'limit',
        maximum: 50,
        default: 10,
        next: '/next_cursor',
        end: 'null-next',
        items: '/data',
      },
      'endpoint.operations.read': { path: '/account' },
      'endpoint.operations.create': {
        method: 'POST',
        path: '/orders',
        headers: { 'X-Tenant': 'eu' },
        expect: [201],
        id: '/id',
        count: { path: '/orders', query: { reference: '{{unique:12:0-9A-Z}}' }, items: '/data' },
      },
      'endpoint.operations.create.body': { reference: '{{unique:12:0-9A-Z}}', amount: 100, currency: 'EUR' },
      'endpoint.operations.create.fails': {
        422: { body: { amount: 100, currency: 'EUR' }, field: 'reference' },
      },
    });
    // Nothing of this is in the description.
    expect(found).not.toHaveProperty(['contract.requestId']);
    expect(found['contract.idempotency']).not.toHaveProperty('replay');
    for (const { source } of derive(ORDERS, choicesOf(ORDERS), sample).facts) expect(source).not.toBe('');
  });

  it('promises of errors what each listed answer must hold, and nothing of paths that do not exist', () => {
    const { byStatus } = factsOf(ORDERS)['contract.errors'] as { byStatus: Record<string, unknown> };
    expect(Object.keys(byStatus)).toEqual(['401', '422']);
    expect(byStatus['401']).toEqual({
      contentType: 'application/json',
      required: ['/error', '/error/code', '/error/message'],
      code: '/error/code',
    });
  });

  it('lets no write go to a server that nothing calls a sandbox', () => {
    const { read, create } = choicesOf(ORDERS);
    const at = (url: string) => factsOf({ ...ORDERS, servers: [{ url }] }, { url, environment: null, read, create });
    expect(at('https://orders.example')['endpoint.environment']).toBe('live');
    expect(at('https://test.orders.example')['endpoint.environment']).toBe('sandbox');
    expect(at('http://localhost:8080/api')['endpoint.environment']).toBe('sandbox');
    expect(at('https://api.dev.to')['endpoint.environment']).toBe('live');
    // Of words within words nothing follows.
    expect(at('https://contest.orders.example')['endpoint.environment']).toBe('live');
  });

  it('takes no example that may be a key, and no text that a config would read', () => {
    const KEY = 'sk_live_c4nary0123456789abcdef';
    const schema = {
      type: 'object',
      required: ['reference', 'token', 'note', 'apiPassword', 'hash'],
      properties: {
        reference: text,
        token: { type: 'string', example: 'c4nary' },
        note: { type: 'string', example: `use ${KEY} or \${HOME} or {{x}}` },
        apiPassword: { type: 'string', default: 'c4nary-Pa55' },
        hash: { type: 'string', examples: ['c4na0123456789abcdef0123456789ab'] },
      },
    };
    const answer = { id: 'O-01H5WQGHKCBB85MQFM68S9KJ5Q', secret: 'c4nary', url: `https://x.example/?key=${KEY}` };
    const document = {
      ...ORDERS,
      paths: {
        '/orders': {
          post: {
            requestBody: json(schema),
            responses: {
              201: json({ type: 'object', properties: { id: text } }, { example: answer }),
              400: json(ERROR, { examples: { one: { value: { error: { code: KEY } } } } }),
            },
          },
        },
      },
    };
    const made = JSON.stringify(factsOf(document));
    expect(made).toContain('O-01H5WQGHKCBB85MQFM68S9KJ5Q');
    expect(made).not.toMatch(/c4na|HOME|\{\{x/);
    expect([isFit('7f0c1f8e-8a1f-4f57-9d0a-2f5a2b1c3d4e'), isFit('an ordinary text', 'note')]).toEqual([true, true]);
  });
});

describe('where the key goes', () => {
  const at = (schemes: object, security: object[]) => {
    const document = { ...ORDERS, security, components: { securitySchemes: schemes } };
    const [operation] = operationsOf(document).filter(({ path }) => path === '/account');
    return authOf(document, operation === undefined ? [] : [operation], 'https://a.example/v1');
  };
  it.each<[string, object, unknown]>([
    ['bearer', { type: 'http', scheme: 'Bearer' }, { headers: [{ name: 'Authorization', prefix: 'Bearer ' }] }],
    ['basic', { type: 'http', scheme: 'basic' }, { basic: { user: '${API_USER}' } }],
    ['basic', { type: 'http', scheme: 'basic', description: 'Use your API key as the username.' }, { basic: {} }],
    ['query', { type: 'apiKey', in: 'query', name: 'key' }, { query: 'key' }],
    ['cookie', { type: 'apiKey', in: 'cookie', name: 'sid' }, { headers: [{ name: 'Cookie', prefix: 'sid=' }] }],
    [
      'a header with a word before the key',
      { type: 'apiKey', in: 'header', name: 'Authorization', description: 'Send `Token <key>`' },
      { headers: [{ name: 'Authorization', prefix: 'Token ' }] },
    ],
    [
      'client credentials on the same origin',
      { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/v1/oauth/token', scopes: {} } } },
      expect.objectContaining({ login: expect.objectContaining({ path: '/oauth/token', token: '/access_token' }) }),
    ],
    [
      'client credentials elsewhere: a token is handed in',
      { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://login.example/token', scopes: {} } } },
      { headers: [{ name: 'Authorization', prefix: 'Bearer ' }] },
    ],
  ])('%s', (_, scheme, expected) => {
    expect(at({ One: scheme }, [{ One: [] }]).auth).toEqual(expected);
  });

  it('sends a second credential from a variable of its own, and says what could stand instead', () => {
    const schemes = {
      AppId: { type: 'apiKey', in: 'header', name: 'X-App-Id' },
      Bearer: { type: 'http', scheme: 'bearer' },
      Basic: { type: 'http', scheme: 'basic' },
    };
    expect(at(schemes, [{ AppId: [], Bearer: [] }, { Basic: [] }])).toMatchObject({
      auth: { basic: {} },
      note: expect.stringContaining('instead of it: AppId with Bearer'),
    });
    expect(at(schemes, [{ AppId: [], Bearer: [] }])).toMatchObject({
      auth: { headers: [{ name: 'Authorization', prefix: 'Bearer ' }] },
      headers: { 'X-App-Id': '${APP_ID}' },
      source: 'components.securitySchemes.Bearer',
    });
  });

  it('says nothing where a 401 shows that there is a key, and no scheme says where', () => {
    expect(at({}, []).auth).toBeNull();
  });
});

describe('pages', () => {
  const item = { type: 'object', properties: { id: { type: 'integer' } } };
  const items = { type: 'array', items: item };
  const paged = (names: readonly string[], schema: object, headers: object = {}) => {
    const parameters = names.map((name) => ({
      name,
      in: 'query',
      schema: { type: /cursor|token|after/.test(name) ? 'string' : 'integer' },
    }));
    const document = { paths: { '/a': { get: { parameters, responses: { 200: { ...json(schema), headers } } } } } };
    const [list] = operationsOf(document);
    return list === undefined ? null : (pagingOf(document, list)?.value ?? null);
  };
  const wrapped = (more: object, required: string[] = []) => ({
    type: 'object',
    required,
    properties: { items, ...more },
  });
  it.each<[string, unknown, object | null]>([
    [
      'a bare list with Link',
      paged(['page', 'per_page'], items, { Link: {} }),
      { style: 'link-header', end: 'no-link' },
    ],
    [
      'pages',
      paged(['page', 'page_size'], wrapped({})),
      { style: 'page', limitParameter: 'page_size', end: 'empty-page' },
    ],
    [
      'counted pages',
      paged(['page'], wrapped({ meta: { type: 'object', properties: { total_pages: { type: 'integer' } } } })),
      { end: 'last-page', pages: '/meta/total_pages' },
    ],
    ['an offset', paged(['offset', 'limit'], wrapped({})), { style: 'offset', offsetParameter: 'offset' }],
    [
      'a next URL',
      paged(['limit'], wrapped({ next: { type: 'string', format: 'uri' } })),
      { style: 'next-url', next: '/next' },
    ],
    [
      'a last id',
      paged(['starting_after', 'limit'], wrapped({ has_more: { type: 'boolean' } })),
      { style: 'cursor', cursorParameter: 'starting_after', end: 'has-more', hasMore: '/has_more' },
    ],
    [
      'a cursor that every page has leads to an empty page',
      paged(['cursor'], wrapped({ next_cursor: text }, ['next_cursor'])),
      { style: 'cursor', end: 'empty-page' },
    ],
    ['a cursor that no answer names', paged(['cursor'], wrapped({})), null],
    ['no way to the next page', paged(['limit'], wrapped({})), null],
    ['items without a name', paged(['page'], { type: 'array', items: text }), null],
  ])('%s', (_, found, expected) => {
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });
});

describe('candidates and samples', () => {
  it('takes for the control what needs a key, and for the create what has an address of its own', () => {
    const { reads, creates } = candidatesOf(ORDERS);
    expect(reads.map(({ path }) => path)).toEqual(['/account', '/orders']);
    expect(creates.map(({ path }) => path)).toEqual(['/orders']);
  });

  it.each<[object, string]>([
    [{ type: 'string' }, '{{unique}}'],
    [{ type: 'string', format: 'email' }, '{{unique}}@example.com'],
    [{ type: 'string', maxLength: 10 }, '{{unique:10:0-9a-z}}'],
    [{ type: 'string', pattern: '^[0-9]{8}$' }, '{{unique:8:0-9}}'],
    [{ type: 'string', format: 'uuid' }, '{{unique:8:0-9a-f}}-0000-4000-8000-{{unique:12:0-9a-f}}'],
    // None of ours fits: it stays as it is.
    [{ type: 'string', pattern: '^ORD-\\d{3}$' }, 'as it was'],
    [{ type: 'string', enum: ['a', 'b'] }, 'as it was'],
  ])('puts into %j what fits it', (schema, expected) => {
    const body = { externalReference: 'as it was' };
    expect(withUnique({}, body, { properties: { externalReference: schema } }).body).toEqual({
      externalReference: expected,
    });
  });

  it('ends where a description goes in a circle', () => {
    const media = { type: 'application/json', node: {}, schema: { $ref: '#/components/schemas/Tree' } };
    const tree = { type: 'object', required: ['child', 'size'], properties: { size: { type: 'integer' } } };
    const circle = { ...tree, properties: { ...tree.properties, child: { $ref: '#/components/schemas/Tree' } } };
    const document = { components: { schemas: { Tree: circle } } };
    expect(requestSample({ document, sample }, { ...media, schema: circle })).toMatchObject({
      size: 1,
      child: { size: 1 },
    });
  });

  it('answers for a stub with the success of each operation', () => {
    expect(answersOf(ORDERS, sample).map(({ method, path, status, id }) => [method, path, status, id])).toEqual([
      ['GET', '/health', 200, null],
      ['GET', '/account', 200, '/id'],
      ['POST', '/orders/search', 200, null],
      ['GET', '/orders', 200, null],
      ['POST', '/orders', 201, '/id'],
      ['GET', '/orders/{id}', 200, '/id'],
    ]);
    const create = answersOf(ORDERS, sample).find(({ method, path }) => method === 'POST' && path === '/orders');
    expect(create?.body).toMatchObject({ id: 'string', amount: 100, currency: 'EUR' });
  });
});
