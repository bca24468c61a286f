import { describe, expect, it } from 'vitest';
import { beforeCodeText, isBeforeCode } from '../../../src/checks/shared/provoked.js';
import { contractSchema } from '../../../src/config/schema.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';

const contract = contractSchema.parse({
  requestId: { headers: ['X-Request-Id'], body: '/request_id' },
  version: { name: 'Api-Version', value: '2026-06-01', echo: 'Api-Version' },
  errors: { default: { contentType: 'application/xml' } },
});
const DATED = { Date: 'Thu, 15 Jan 2026 12:00:00 GMT' };
const FASTIFY =
  '{"error":"Request Header Fields Too Large","message":"Exceeded maximum allowed HTTP header size","statusCode":431}';

describe('isBeforeCode', () => {
  it.each<[string, ExchangeInput]>([
    ['Node: a status alone', { status: 431, headers: { Connection: 'close' } }],
    ['Fastify: JSON from the parser', { status: 431, headers: { 'Content-Type': 'application/json' }, text: FASTIFY }],
    [
      'nginx: a page',
      { status: 414, headers: { 'Content-Type': 'text/html', ...DATED, Server: 'nginx' }, text: '<hr>' },
    ],
    [
      'uvicorn: a line',
      { status: 400, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, text: 'Invalid HTTP' },
    ],
    ['Kestrel: nothing', { status: 414, headers: { 'Content-Length': '0', ...DATED, Server: 'Kestrel' } }],
  ])('%s', (_, input) => {
    const call = exchange({ id: 'provoked-reads.long-url', provokes: 414, ...input });
    expect(isBeforeCode(call, contract)).toBe(true);
    expect(beforeCodeText([exchange(), call], contract)).toContain(`1 answer (${input.status})`);
    expect(isBeforeCode({ ...call, request: { ...call.request, provokes: 405 } }, contract), 'another call').toBe(
      false,
    );
  });

  it.each<[string, ExchangeInput]>([
    ['JSON', { status: 414, headers: DATED, json: { code: 'too_long' } }],
    [
      'the promised media type',
      { status: 414, headers: { 'Content-Type': 'application/xml', ...DATED }, text: '<error/>' },
    ],
    ['a request id', { status: 431, headers: { 'X-Request-Id': 'req_1' } }],
    ['a request id in the body', { status: 431, json: { request_id: 'req_1' } }],
    ['the version', { status: 414, headers: { 'Api-Version': '2026-06-01' }, text: 'too long' }],
    ['a success', { status: 200, json: {} }],
    ['no answer', { status: null, ended: 'closed' }],
  ])('not with %s', (_, input) => {
    const call = exchange({ provokes: 414, ...input });
    expect(isBeforeCode(call, contract)).toBe(false);
    expect(beforeCodeText([call], contract)).toBe('');
  });
});
