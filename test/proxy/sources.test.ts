import { describe, expect, it } from 'vitest';
import { contractSchema, operationSchema } from '../../src/config/schema.js';
import { jsonAnswer } from '../../src/proxy/answers.js';
import { createUpstream } from '../../src/proxy/forward.js';
import { freshLike } from '../../src/proxy/ids.js';
import { compilePatterns } from '../../src/proxy/pattern.js';
import { createRandom } from '../../src/proxy/random.js';
import { createRecall } from '../../src/proxy/recall.js';
import { samplesOf } from '../../src/proxy/samples.js';
import type { WholeRequest } from '../../src/proxy/source.js';
import { createStub, type StubOperation, stubOperation } from '../../src/proxy/stub.js';
import { OPERATIONS, post, settled, startLane, startUpstream, talk } from './lane.js';

const random = () => createRandom(3).stream('stub');

function whole(operation: StubOperation, more: Partial<WholeRequest> = {}): WholeRequest {
  const { name, method, path } = operation;
  const matched = compilePatterns([operation], '')(method, path.replace(/\{+\w+\}+/, 'given'));
  expect(matched?.name).toBe(name);
  return {
    method,
    url: path,
    headers: [],
    trailers: [],
    body: Buffer.from('{"amount":5}'),
    matched,
    idempotencyKey: null,
    ...more,
  };
}

describe('the stub', () => {
  const text = (body: Buffer) => JSON.parse(body.toString()) as Record<string, unknown>;
  it.each<[string, Partial<StubOperation>, RegExp, number]>([
    [
      'a nested id',
      { id: '/data/id', answer: { data: { id: 'ord-ABC123', kind: 'x' } } },
      /^\{"data":\{"id":"ord-[A-Z]{3}\d{3}","kind":"x"\}\}$/,
      201,
    ],
    ['a number', { answer: { id: 4711 } }, /^\{"id":\d{7}\}$/, 201],
    ['no sample', {}, /^\{"amount":5,"id":"res_\w{12}"\}$/, 201],
    ['a status', { status: 202, answer: { id: 'a1' } }, /^\{"id":"\w{6}"\}$/, 202],
    ['no id in the sample', { answer: { ok: true } }, /^\{"ok":true\}$/, 201],
    ['nothing at all', { status: 204, answer: { id: 'a1' } }, /^$/, 204],
  ])('answers with %s', async (_, more, body, status) => {
    const operation = { name: 'create', method: 'POST', path: '/o', ...more };
    const { answer, effect } = await createStub({ operations: [operation], random: random() }).perform(
      whole(operation),
    );
    expect(answer.body.toString()).toMatch(body);
    expect(answer.status).toBe(status);
    expect(effect).not.toBe(null);
  });

  it('answers a look-up with the id that was asked for, and a sample failure without an effect', async () => {
    const read = { name: 'read', method: 'GET', path: '/o/{{id}}', answer: { id: 'x', n: 1 } };
    const failing = { name: 'fail', method: 'POST', path: '/f', status: 402, answer: { id: 'x' } };
    const stub = createStub({ operations: [read, failing], random: random() });
    expect(text((await stub.perform(whole(read))).answer.body)).toEqual({ id: 'given', n: 1 });
    expect((await stub.perform(whole(failing))).effect).toBe(null);
    expect(stub.performed?.()).toBe(0);
  });

  it('lets an operation answer by itself, and tells what it does not know', async () => {
    const own = {
      name: 'list',
      method: 'GET',
      path: '/o',
      respond: ({ url }: WholeRequest) => jsonAnswer(200, { url }),
    };
    const stub = createStub({ operations: [own], random: random() });
    expect(text((await stub.perform(whole(own, { url: '/o?page=2' }))).answer.body)).toEqual({ url: '/o?page=2' });
    expect((await stub.perform({ ...whole(own), matched: null })).answer.status).toBe(404);
  });

  it('takes its facts from the config', () => {
    const operation = operationSchema.parse({
      method: 'POST',
      path: '/o',
      expect: [201, 409],
      answer: { id: 1 },
      id: '/id',
    });
    expect(stubOperation('create', operation)).toMatchObject({
      name: 'create',
      status: 201,
      location: true,
      id: '/id',
    });
    expect(stubOperation('read', operationSchema.parse({ path: '/o' }))).toMatchObject({ method: 'GET' });
  });

  it('does not fill the memory', async () => {
    const operation = { name: 'create', method: 'POST', path: '/o', answer: { id: 'a1' } };
    const stub = createStub({ operations: [operation], random: random(), stored: 10 });
    const ids = new Set<unknown>();
    for (let at = 0; at < 50; at++)
      ids.add(text((await stub.perform(whole(operation, { idempotencyKey: `k${at}` }))).answer.body).id);
    expect(ids.size).toBe(50);
    expect(stub.performed?.()).toBe(50);
    const forgotten = await stub.perform(whole(operation, { idempotencyKey: 'k0' }));
    expect(ids.has(text(forgotten.answer.body).id)).toBe(false);
  });

  it.each([
    ['0190a6a4-8b1c-7cc3-98c4-dc0c0c07398f', /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['cus_9s6XKzkNRiz8i3', /^cus_\d[a-z]\d[A-Z]{2}[a-z]{2}[A-Z]{2}[a-z]{2}\d[a-z]\d$/],
    ['5f9b', /^\d[0-9a-f]\d[0-9a-f]{1}\d\d$/],
  ])('makes ids that look like %s', (sample, shape) => {
    expect(freshLike(sample, random())).toMatch(shape);
  });
});

describe('replay', () => {
  it('asks once, then answers from memory, with effects that can be counted', async () => {
    const asked: string[] = [];
    const { origin } = await startUpstream((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      request.resume();
      const status = request.url === '/v2/orders/missing' ? 404 : request.method === 'POST' ? 201 : 200;
      const body = JSON.stringify({ id: 'ord_0a0a0a', status: 'created' });
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    });
    const lane = await startLane('lost-responsex1,ok', {
      source: createRecall({ upstream: createUpstream({ origin }), operations: OPERATIONS, random: random() }),
    });
    const send = async (bytes: string) => /"id":"(\w+)"/.exec(await talk(lane.port, bytes).until(/\}$/))?.[1];
    const key = (value: string) => post(undefined, [`Idempotency-Key: ${value}`]);
    await talk(lane.port, key('a')).ended;
    const ids = [await send(key('a')), await send(key('b')), await send(key('b'))];
    expect(ids[0]).toBe('ord_0a0a0a');
    expect(ids[1]).not.toBe(ids[0]);
    expect(ids[2]).toBe(ids[1]);
    for (const path of ['1', '1', '2', 'missing', 'missing'])
      await send(`GET /v2/orders/${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(asked).toEqual([
      'POST /v2/orders',
      ...['1', '2', 'missing', 'missing'].map((one) => `GET /v2/orders/${one}`),
    ]);
    const { effects, attempts } = await settled(lane, 9);
    expect(effects.list.map((one) => one.attempts.length)).toEqual([2, 2]);
    expect(attempts.map((one) => one.answeredBy)).toEqual([
      'upstream',
      'replay',
      'replay',
      'replay',
      'upstream',
      'replay',
      'upstream',
      'upstream',
      'upstream',
    ]);
  });

  it('reads no answer without end: the client is told, and nothing is remembered', async () => {
    const { origin } = await startUpstream((_, response) => {
      const pump = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', pump);
      pump();
    });
    const lane = await startLane(null, {
      source: createRecall({ upstream: createUpstream({ origin }), operations: OPERATIONS, random: random() }),
    });
    for (const path of ['1', '1'])
      await talk(lane.port, `GET /v2/orders/${path} HTTP/1.1\r\nHost: a\r\n\r\n`).until(/TOO_LARGE/);
    const { attempts } = await settled(lane, 2);
    expect(attempts.map((one) => [one.ended, one.error?.code])).toEqual([
      ['upstream-failed', 'TOO_LARGE'],
      ['upstream-failed', 'TOO_LARGE'],
    ]);
  });
});

describe('error samples', () => {
  it.each<[string, Parameters<typeof contractSchema.parse>[0], number, unknown]>([
    [
      'nothing known',
      {},
      503,
      { error: { code: 'service_unavailable', message: 'The request failed: service unavailable.' } },
    ],
    [
      'problem details',
      {
        errors: {
          default: { contentType: 'application/problem+json', required: ['/type', '/title', '/status'], code: '/type' },
          message: '/detail',
        },
      },
      409,
      {
        type: 'conflict',
        title: 'The request failed: conflict.',
        status: 409,
        detail: 'The request failed: conflict.',
      },
    ],
    [
      'a class',
      { errors: { byStatus: { '5xx': { required: [], code: '/errors/0/code' } } } },
      500,
      { errors: [{ code: 'internal_error' }] },
    ],
    ['a limit of its own', { rateLimit: { body: { slow: 'down' } } }, 429, { slow: 'down' }],
  ])('%s', (_, contract, status, body) => {
    const answer = samplesOf(contractSchema.parse(contract)).error(status);
    expect(JSON.parse(answer.body.toString())).toEqual(body);
  });

  const XML =
    '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Reduce your rate.</Message><RequestId>{{requestId}}</RequestId></Error>';
  const errors = {
    default: { contentType: 'application/json', required: ['/message'], code: '/code', types: { '/code': 'number' } },
    byStatus: {
      429: {
        sample: { status: 429, headers: { 'X-Shard': 'eu-1' }, body: { code: 20429, message: 'Too many.', more: 'x' } },
      },
      503: { sample: { body: XML } },
      404: { sample: { code: 20404 } },
      '5xx': { sample: { headers: { 'Content-Type': 'text/plain' }, body: 'down' } },
    },
    message: '/message',
  } as const;
  const asked = (status: number, words?: { code?: string; message?: string }) => {
    const { headers, body } = samplesOf(contractSchema.parse({ errors })).error(status, words);
    return { headers, text: body.toString() };
  };

  it.each<[string, number, { code?: string; message?: string } | undefined, string]>([
    ['a sample, as it is', 429, undefined, '{"code":20429,"message":"Too many.","more":"x"}'],
    ['a sample with another code, of its type', 429, { code: '21' }, '{"code":21,"message":"Too many.","more":"x"}'],
    ['a sample with other words', 429, { message: 'Slow' }, '{"code":20429,"message":"Slow","more":"x"}'],
    ['a sample in XML', 503, undefined, XML],
    ['XML with another code', 503, { code: 'A<B' }, XML.replace('SlowDown', 'A&lt;B')],
    ['XML with other words', 503, { message: 'Now' }, XML.replace('Reduce your rate.', 'Now')],
    ['a sample of the class', 500, undefined, 'down'],
    [
      'a class whose sample has no place for a code',
      500,
      { code: 'x' },
      '{"message":"The request failed: x.","code":500}',
    ],
    [
      'a code of the status, in the usual shape',
      404,
      undefined,
      '{"message":"The request failed: 20404.","code":20404}',
    ],
    [
      'a numeric code that nobody names',
      400,
      undefined,
      '{"message":"The request failed: invalid request.","code":400}',
    ],
  ])('%s', (_, status, words, text) => {
    expect(asked(status, words).text).toBe(text);
  });

  it('have the headers and the media type of the sample', () => {
    expect(asked(429).headers).toEqual([
      ['Content-Type', 'application/json'],
      ['X-Shard', 'eu-1'],
    ]);
    expect(asked(503).headers).toEqual([['Content-Type', 'application/xml']]);
    expect(asked(500).headers).toEqual([['Content-Type', 'text/plain']]);
  });

  it('tell which code they carry, for logs', () => {
    const samples = samplesOf(contractSchema.parse({ errors }));
    expect([429, 503, 404, 400].map((status) => samples.code(status))).toEqual(['20429', 'SlowDown', '20404', '400']);
    expect(samplesOf({}).code(422)).toBe('unprocessable');
  });

  it('keep all members of one entry of a list', () => {
    const shape = { required: ['/errors/0/message'], code: '/errors/0/code' };
    const answer = samplesOf(contractSchema.parse({ errors: { default: shape } })).error(404);
    expect(JSON.parse(answer.body.toString())).toEqual({
      errors: [{ message: 'The request failed: not found.', code: 'not_found' }],
    });
  });

  it('name the request where a sample in XML says so', async () => {
    const samples = samplesOf(contractSchema.parse({ errors, requestId: { body: '/requestId' } }));
    const lane = await startLane('503,500,ok', { samples });
    const failed = await talk(lane.port, post()).until(/<\/Error>$/);
    await talk(lane.port, post()).until(/down$/);
    const { attempts } = await settled(lane, 2);
    expect(failed).toContain(`<RequestId>${attempts[0]?.requestId}</RequestId>`);
    expect(attempts[0]?.requestId).toMatch(/^req_/);
    expect(attempts[1]?.requestId).toBeNull();
  });

  it('carry a request id to look for in logs', async () => {
    const samples = samplesOf(
      contractSchema.parse({ requestId: { headers: ['X-Request-Id'], body: '/error/requestId' } }),
    );
    const lane = await startLane('503,ok', { samples });
    const failed = await talk(lane.port, post()).until(/\}$/);
    const passed = await talk(lane.port, post()).until(/\}$/);
    const { attempts } = await settled(lane, 2);
    const [first, second] = attempts.map((one) => one.requestId);
    expect(first).toMatch(/^req_[0-9a-f]{24}$/);
    expect(failed).toContain(`X-Request-Id: ${first}\r\n`);
    expect(failed).toContain(`"requestId":"${first}"`);
    expect(passed).toContain(`X-Request-Id: ${second}\r\n`);
    expect(second).not.toBe(first);
  });
});
