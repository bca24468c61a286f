import { describe, expect, it } from 'vitest';
import { shapeFaults, shapeText } from '../../../src/checks/shared/shapes.js';
import { type ContractInput, contractSchema } from '../../../src/config/schema.js';
import { errorShapeFor } from '../../../src/evidence/error-shape.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';

const contract = (errors: ContractInput['errors']) => contractSchema.parse({ errors });
const faults = (answer: ExchangeInput, errors: ContractInput['errors']) =>
  shapeFaults(exchange({ status: 422, ...answer }), contract(errors));

const TYPES = { '/n': 'number', '/s': 'string', '/b': 'boolean', '/a': 'array', '/o': 'object' } as const;

describe('errorShapeFor', () => {
  const all = contract({
    default: { code: '/default' },
    byStatus: { '429': { code: '/limit' }, '4xx': { code: '/client' } },
  });
  it('takes that of the status, of its class, else the default', () => {
    expect([429, 404, 499, 500, 302].map((status) => errorShapeFor(all, status)?.code)).toEqual([
      '/limit',
      '/client',
      '/client',
      '/default',
      '/default',
    ]);
    expect(errorShapeFor(contractSchema.parse({}), 404)).toBeUndefined();
  });
});

describe('shapeFaults', () => {
  const CASES: readonly (readonly [
    what: string,
    answer: ExchangeInput,
    errors: ContractInput['errors'],
    faults: string[] | null,
  ])[] = [
    ['no contract', { json: {} }, undefined, null],
    ['an empty shape', { json: {} }, { default: {} }, null],
    ['a member that is there', { json: { code: 'x' } }, { default: { code: '/code' } }, []],
    ['a member that is null', { json: { detail: null } }, { default: { required: ['/detail'] } }, []],
    ['a code that is null', { json: { code: null } }, { default: { code: '/code' } }, ['no /code']],
    ['a code of 0', { json: { code: 0 } }, { default: { code: '/code' } }, []],
    ['a member in a list', { json: { errors: [{ code: 'x' }] } }, { default: { code: '/errors/0/code' } }, []],
    ['an inherited name', { json: {} }, { default: { required: ['/toString'] } }, ['no /toString']],
    ['two missing', { json: {} }, { default: { required: ['/a', '/b'], code: '/a' } }, ['no /a, /b']],
    ['no JSON', { text: 'no' }, { default: { required: ['/a'] } }, ['no JSON body']],
    ['JSON under the name of text', { text: '{"a":1}' }, { default: { required: ['/a'] } }, []],
    [
      'no content type',
      { json: undefined },
      { default: { contentType: 'text/html' } },
      ['content type (none), not text/html'],
    ],
    [
      'a page of Apache',
      {
        text: '<address>Apache/2.4.52 at x Port 80</address>',
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      },
      { default: { code: '/code' } },
      ['an HTML page of a server before the API (Apache)', 'no JSON body'],
    ],
    [
      'a page of a load balancer',
      { text: '<center><h1>413</h1></center>', headers: { 'Content-Type': 'text/html', Server: 'awselb/2.0' } },
      { default: { code: '/code' } },
      ['an HTML page of a server before the API (awselb)', 'no JSON body'],
    ],
    [
      'a page of the API itself, through nginx',
      { text: '<pre>Cannot PROPFIND /ping</pre>', headers: { 'Content-Type': 'text/html', Server: 'nginx' } },
      { default: { code: '/code' } },
      ['no JSON body'],
    ],
    ['a content type in capitals', { text: 'no' }, { default: { contentType: 'TEXT/Plain' } }, []],
    ['a content type with a parameter', { text: 'no' }, { default: { contentType: 'text/plain ;charset=utf-8' } }, []],
    ['members of their types', { json: { n: 1, s: '', b: false, a: [], o: {} } }, { default: { types: TYPES } }, []],
    [
      'members of other types',
      { json: { n: '404', s: null, a: {}, o: [] } },
      { default: { types: TYPES } },
      [
        '/n is a JSON string, not number',
        '/s is a JSON null, not string',
        '/a is a JSON object, not array',
        '/o is a JSON array, not object',
      ],
    ],
    ['types of what is no JSON', { text: 'no' }, { default: { types: TYPES } }, ['no JSON body']],
  ];
  for (const [what, answer, errors, expected] of CASES)
    it(what, () => expect(faults(answer, errors)).toEqual(expected));
});

describe('shapeText', () => {
  it('names each part once', () => {
    const shape = errorShapeFor(
      contract({ default: { contentType: 'a/b', required: ['/type', '/code'], code: '/code' } }),
      400,
    );
    expect(shapeText(shape)).toBe('a/b, /type, /code');
    expect(shapeText(errorShapeFor(contract({ default: { types: { '/status': 'number' } } }), 400))).toBe(
      '/status a JSON number',
    );
    expect(shapeText(undefined)).toBe('');
  });
});
