import { describe, expect, it } from 'vitest';
import { contractSchema } from '../../src/config/schema.js';
import { calledAs, comparisonWith } from '../../src/openapi/compare.js';
import { type ExchangeInput, exchange } from '../helpers/exchange.js';

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function json(schema: object, type = 'application/json') {
  return { description: 'd', content: { [type]: { schema } } };
}

const DOCUMENT = {
  openapi: '3.1.1',
  servers: [{ url: 'https://{region}.example.com/api/', variables: { region: { default: 'eu' } } }],
  paths: {
    '/orders/{id}': {
      get: {
        responses: {
          200: json(ref('Order')),
          201: json(ref('Order'), 'application/json; charset=utf-8'),
          202: { description: 'nothing is said of a body' },
          204: json(ref('Order')),
          '4XX': json({ type: 'object', required: ['code'] }, 'application/*'),
        },
      },
      head: { responses: {} },
      post: { responses: { default: json(ref('Order')) } },
      put: {
        requestBody: { content: { 'application/json': { schema: ref('Order') }, 'text/csv': { schema: {} } } },
        responses: { 200: json({ type: 'made-up' }) },
      },
      patch: { responses: { 200: { $ref: '#/components/responses/Changed' } } },
      delete: { responses: {} },
    },
    '/orders/last': { get: { responses: { 200: json({ type: 'string' }) } } },
    '/files/{name}.{ending}': { get: { responses: { 200: json({ type: 'array' }) } } },
    '/{any}/twice': { get: { responses: { 200: {} } } },
    '/{other}/twice': { get: { responses: { 200: {} } } },
    '/query?kind=a': { get: { responses: { 200: {} } } },
  },
  components: {
    responses: {
      Changed: json({
        oneOf: [
          { type: 'object', properties: { a: { type: 'integer' } } },
          { type: 'object', properties: { b: {} } },
        ],
      }),
    },
    schemas: {
      Base: {
        type: 'object',
        properties: { id: { type: 'string' }, password: { type: 'string', writeOnly: true } },
        required: ['id'],
        additionalProperties: false,
      },
      Order: {
        allOf: [
          ref('Base'),
          { type: 'object', required: ['password', 'price', 'made'] },
          {
            type: 'object',
            required: true,
            properties: {
              made: { type: 'string', format: 'date-time', readOnly: true },
              price: { type: 'number', multipleOf: 0.01 },
              state: { type: 'string', enum: ['open', 'done'], nullable: true },
              tag: { type: 'string', pattern: '^[\\w\\-]+$' },
              parent: { allOf: [ref('Order')], nullable: true },
            },
          },
        ],
        additionalProperties: false,
      },
    },
  },
};

const SOUND = { id: 'o1', price: 19.99, made: '2026-06-01T00:00:00Z', more: 1 };

/** What is seen -> outcome, and what it says. */
const ANSWERS: readonly (readonly [ExchangeInput, outcome: string, says?: RegExp])[] = [
  [{ json: SOUND }, 'fits'],
  [{ json: { ...SOUND, state: null, tag: 'a-b', parent: { ...SOUND, parent: null } } }, 'fits'],
  [{ json: { ...SOUND, price: '19.99' } }, 'deviates', /^\/price must be number$/],
  [{ json: { ...SOUND, price: 19.999 } }, 'deviates', /multiple of 0\.01/],
  [{ json: { ...SOUND, parent: { id: 'x' } } }, 'deviates', /\/parent must have required property 'price'/],
  [{ json: { ...SOUND, made: 'yesterday' } }, 'deviates', /date-time/],
  [{ json: { ...SOUND, state: 'gone' } }, 'deviates', /allowed values/],
  [{ json: SOUND, status: 201 }, 'fits'],
  [{ json: 'anything', status: 202 }, 'fits'],
  [{ json: SOUND, status: 203 }, 'unlisted', /^expected 200, 201, 202, 204, 4XX$/],
  [{ text: '', status: 204 }, 'fits'],
  [{ text: '', status: 200 }, 'deviates', /^no body; expected application\/json$/],
  [
    { json: SOUND, headers: { 'Content-Type': 'application/vnd.a+json' } },
    'deviates',
    /^Content-Type application\/vnd/,
  ],
  [{ text: '<p>', headers: { 'Content-Type': 'text/html' } }, 'deviates', /^Content-Type text\/html; expected/],
  [{ text: '{', headers: { 'Content-Type': 'application/json' } }, 'deviates', /^the body is not JSON$/],
  [{ json: { code: 1 }, status: 404, headers: { 'Content-Type': 'application/problem+json' } }, 'fits'],
  [{ json: {}, status: 404 }, 'deviates', /property 'code'/],
  [{ json: SOUND, body: { truncated: true } }, 'unread', /too long/],
  [{ json: { ...SOUND, id: '[secret:key]' } }, 'unread', /held a secret/],
  [{ json: SOUND, leaks: [{ secret: 'key', where: 'body', encoding: 'plain' }] }, 'unread', /held a secret/],
  [{ json: SOUND, method: 'PUT' }, 'unusable', /type/],
  [{ json: SOUND, method: 'POST', status: 418 }, 'fits'],
  [{ json: { a: 1, b: 1 }, method: 'PATCH' }, 'fits'],
  [{ json: [], method: 'PATCH' }, 'deviates'],
  [{ json: {}, method: 'DELETE' }, 'unlisted', /no answer at all/],
  // What no description of an operation is about.
  [{ method: 'HEAD' }, 'apart', /HEAD/],
  [{ json: {}, status: 302 }, 'apart', /redirect/],
  [{ json: {}, version: null }, 'apart', /another version/],
  [{ text: '<p>', status: 403, headers: { 'Content-Type': 'text/html' } }, 'apart', /firewall/],
  [{ json: {}, status: 500 }, 'apart', /server/],
  [{ json: {}, status: 429 }, 'apart', /limit/],
  [{ json: {}, status: 415 }, 'apart', /no client makes/],
  [{ json: {}, status: 400, provokes: 414 }, 'apart', /no client makes/],
  [{ status: null, ended: 'closed' }, 'apart', /no whole answer/],
  // Which operation it is.
  [{ json: 'a', url: 'https://api.example.com/v1/orders/last' }, 'fits'],
  [{ json: 'a', url: 'https://api.example.com/v1/orders/last/?x=1' }, 'fits'],
  [{ json: 'a', url: 'https://api.example.com/api/orders/last' }, 'fits'],
  [{ json: 'a', url: 'https://api.example.com/v1/orders/las%74' }, 'fits'],
  [{ json: [], url: 'https://api.example.com/v1/files/a.b.csv' }, 'fits'],
  [{ json: [], url: 'https://api.example.com/v1/files/csv' }, 'undescribed', /no such path/],
  [{ json: [], url: 'https://api.example.com/v1/orders' }, 'undescribed', /no such path/],
  [{ json: [], url: 'https://api.example.com/v2/orders/last' }, 'undescribed', /no such path/],
  [{ json: [], url: 'https://api.example.com/v1/query?kind=a' }, 'undescribed', /no such path/],
  [{ json: [], url: 'https://api.example.com/v1/orders/last', method: 'PUT' }, 'undescribed', /not the method/],
  [{ json: [], url: 'https://api.example.com/v1/a/twice' }, 'undescribed', /several paths/],
];

describe('a recorded answer', () => {
  const comparison = comparisonWith(DOCUMENT, { base: '/v1', version: '2' });

  it('is held against what the description says of its operation', async () => {
    for (const [input, outcome, says = /^/] of ANSWERS) {
      const seen = await comparison.answer(
        exchange({ version: '2', url: 'https://api.example.com/v1/orders/7', ...input }),
      );
      const told = `${JSON.stringify(input)} ${JSON.stringify(seen)}`;
      expect(seen.outcome, told).toBe(outcome);
      expect(seen.problems.join('; '), told).toMatch(says);
    }
  });
});

describe('a body that the client sends', () => {
  const comparison = comparisonWith(
    DOCUMENT,
    calledAs('https://api.example.com/{version}/', contractSchema.parse({ version: { in: 'path', value: 'v1' } })),
  );

  it('needs what it must hold, but not what only the API sends', async () => {
    const known = await comparison.request('PUT', '/v1/orders/{{id}}', 'application/json');
    expect(known?.isRequired).toBe(false);
    expect(known?.validate({ id: 'a', price: 1, password: 'b' })).toEqual([]);
    expect(known?.validate({ id: 'a', price: 1 })).toEqual(["the body must have required property 'password'"]);
  });

  it('is not judged where the description does not say how', async () => {
    expect(await comparison.request('PUT', '/v1/orders/7', 'text/csv')).toBeNull();
    expect(await comparison.request('PUT', '/v1/orders/7', 'application/vnd.b+json')).toBeNull();
    expect(await comparison.request('GET', '/v1/orders/7', 'application/json')).toBeNull();
    expect(await comparison.request('PUT', '/v2/orders/7', 'application/json')).toBeNull();
  });
});
