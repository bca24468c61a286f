import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserError } from '../../src/errors.js';
import { loadDescription } from '../../src/openapi/load.js';

const FILES: Readonly<Record<string, string>> = {
  'root.yaml': `openapi: 3.0.3
info: { title: t, version: '1' }
paths:
  /orders/{id}:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { $ref: './schemas.yaml#/Order' }
        default: { $ref: 'responses.yaml#/Error' }
  /things: { $ref: things.yaml }
components:
  schemas:
    Order: { type: string }
    Node:
      type: object
      properties:
        next: { $ref: '#/components/schemas/Node' }
        example: { type: string, nullable: true }
        sample: { type: object, example: { $ref: 'data, and no reference' } }
`,
  'schemas.yaml': `Order:
  type: object
  properties:
    parent: { $ref: '#/Order' }
    node: { $ref: 'root.yaml#/components/schemas/Node' }
`,
  'responses.yaml':
    "Error: { description: e, content: { application/json: { schema: { $ref: 'schemas.yaml#/Order' } } } }\n",
  'things.yaml': "get: { responses: { '200': { description: ok } } }\n",
  'two.json': JSON.stringify({
    swagger: '2.0',
    paths: {
      '/pets': {
        get: {
          produces: ['application/json'],
          responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Pet' } } },
        },
      },
    },
    definitions: { Pet: { type: 'object', properties: { tag: { type: 'string', 'x-nullable': true } } } },
  }),
  'round.yaml': "openapi: 3.1.0\npaths:\n  /a: { $ref: 'round-a.yaml' }\n",
  'round-a.yaml': '$ref: round-a.yaml\n',
};

/** Text -> what the message says behind the name of the file. */
const REFUSED: readonly (readonly [text: string, says: RegExp])[] = [
  ['openapi: 3.0.0\npaths:\n  /a:\n\tget: {}\n', /^:4:1: not valid YAML: found a tab/],
  ['{"openapi": "3.0.0",\n "paths": {,}}', /^:2:12: not valid JSON: found ","/],
  ['openapi: 4.0.0\npaths: {}\n', /^:1:1: openapi: found "4\.0\.0"; expected .*openapi 3\.0 or 3\.1, or swagger 2\.0/],
  ['swagger: 1.2\npaths: {}\n', /^:1:1: swagger: found 1\.2; expected/],
  ['name: config\n', /^:1:1: openapi: missing; expected the version/],
  ['- a\n', /^:1:1: description: found no map; expected an OpenAPI description/],
  ['openapi: 3.1.0\n', /^:1:1: paths: missing; expected a map of the paths/],
  ['openapi: 3.0.0\npaths:\n  orders: {}\n', /^:3:3: paths\.orders: found a path without a slash/],
  ['openapi: 3.0.0\npaths:\n  /a: [1]\n', /^:3:3: paths\.\/a: found \[1\]; expected a map of operations/],
  ['openapi: 3.0.0\npaths:\n  /a:\n    get: 1\n', /^:4:5: paths\.\/a\.get: found 1; expected an operation/],
  [
    'openapi: 3.0.0\npaths:\n  /a:\n    get:\n      responses: []\n',
    /^:5:7: paths\.\/a\.get\.responses: found \[\]; expected a map of statuses/,
  ],
  [
    "openapi: 3.0.0\npaths:\n  /a: { $ref: '#/components/pathItems/Ordr' }\ncomponents: { pathItems: { Order: {} } }\n",
    /^:3:9: paths\.\/a\.\$ref: found "#\/components\/pathItems\/Ordr", which is not there; .*did you mean "Order"\?/,
  ],
  ["openapi: 3.0.0\npaths:\n  /a: { $ref: '#pet' }\n", /^:3:9: .*found "#pet"; expected a place within a document/],
  [
    "openapi: 3.0.0\npaths:\n  /a: { $ref: 'https://example.com/a.yaml' }\n",
    /^:3:9: .*found "https:\/\/example\.com\/a\.yaml"; expected a file: a description that is a file does not make/,
  ],
  [
    "openapi: 3.0.0\npaths:\n  /a: { $ref: 'thing.yaml' }\n",
    /^:3:9: .*found "thing\.yaml", but .*ENOENT.*did you mean "things\.yaml"\?/,
  ],
  [`{"openapi": "3.0.0", "paths": {"/a": ${'{"x":'.repeat(20_000)}1${'}'.repeat(20_000)}}}`, /too deep/],
];

describe('a description', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openapi-'));
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('of several files becomes one, and what goes in a circle comes to an end', async () => {
    const { document, bundled, version, file } = await loadDescription('root.yaml', { cwd: folder });
    expect({ version, file }).toEqual({ version: '3.0', file: join(folder, 'root.yaml') });
    const node = {
      type: 'object',
      properties: {
        next: { $ref: '#/components/schemas/Node' },
        example: { type: ['string', 'null'] },
        sample: { type: 'object', examples: [{ $ref: 'data, and no reference' }] },
      },
    };
    const order = { type: 'object', properties: { parent: { $ref: '#/components/schemas/Order_2' }, node } };
    const answer = { content: { 'application/json': { schema: order } } };
    expect(document).toMatchObject({
      openapi: '3.1.1',
      paths: {
        '/orders/{id}': { get: { responses: { 200: answer, default: answer } } },
        '/things': { get: { responses: { 200: { description: 'ok' } } } },
      },
    });
    expect(bundled).toMatchObject({
      components: {
        schemas: {
          Order: { type: 'string' },
          Order_2: {
            properties: {
              parent: { $ref: '#/components/schemas/Order_2' },
              node: { $ref: '#/components/schemas/Node' },
            },
          },
        },
      },
    });
  });

  it('in Swagger 2.0 is read as OpenAPI 3.1', async () => {
    const { document, version } = await loadDescription(join(folder, 'two.json'), { cwd: '/' });
    expect(version).toBe('2.0');
    const schema = { type: 'object', properties: { tag: { type: ['string', 'null'] } } };
    expect(document).toMatchObject({
      paths: { '/pets': { get: { responses: { 200: { content: { 'application/json': { schema } } } } } } },
    });
  });

  it('that a URL names may name others of the same origin, and no other', async () => {
    const asked: string[] = [];
    const pages: Readonly<Record<string, string>> = {
      'https://api.example.com/v1/spec':
        "openapi: 3.1.0\npaths:\n  /a: { $ref: 'a.yaml' }\n  /b: { $ref: '/b.yaml' }\n",
      'https://api.example.com/v1/a.yaml': "get: { responses: { '200': { description: ok } } }\n",
      'https://api.example.com/b.yaml': "get: { $ref: 'https://elsewhere.example/c.yaml' }\n",
    };
    const fetchUrl = async (url: string) => {
      asked.push(url);
      return pages[url] ?? Promise.reject(new Error('HTTP 404'));
    };
    await expect(loadDescription('https://api.example.com/v1/spec', { cwd: '/', fetchUrl })).rejects.toThrow(
      'https://api.example.com/b.yaml:1:8: get.$ref: found "https://elsewhere.example/c.yaml"; expected a place on https://api.example.com',
    );
    expect(asked).toEqual(Object.keys(pages));
    await expect(loadDescription('https://api.example.com/none', { cwd: '/', fetchUrl })).rejects.toThrow(
      'https://api.example.com/none: found nothing that can be read (HTTP 404); expected an OpenAPI description',
    );
  });

  it('that cannot be used is refused with the place, what was found, and what was expected', async () => {
    const file = join(folder, 'bad.yaml');
    for (const [text, says] of REFUSED) {
      await writeFile(file, text);
      const error = (await loadDescription(file, { cwd: '/' }).catch((one: unknown) => one)) as UserError;
      expect(error.name, text).toBe('UserError');
      expect(error.message.replace(file, ''), text).toMatch(says);
    }
    await expect(loadDescription('round.yaml', { cwd: folder })).rejects.toThrow(
      'round-a.yaml:1:1: $ref: found a $ref that goes in a circle',
    );
    await expect(loadDescription('rot.yaml', { cwd: folder })).rejects.toThrow(/ENOENT.*did you mean "root\.yaml"\?/);
  });
});
