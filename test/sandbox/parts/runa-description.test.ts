// What the sandbox answers as Runa, against the description that Runa publishes.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it, onTestFinished } from 'vitest';
import runa from '../../../src/sandbox/parts/runa.js';
import { type SandboxOptions, startSandbox } from '../../../src/sandbox/server.js';

const DESCRIPTION = fileURLToPath(new URL('../../../../shared/data/runa-openapi-2024-02-05.json', import.meta.url));

const BODY = {
  payment_method: { type: 'ACCOUNT_BALANCE', currency: 'USD' },
  items: [
    {
      face_value: 10,
      distribution_method: { type: 'PAYOUT_LINK' },
      products: { type: 'TEMPLATE', template_id: 'PT-01HQ12PV4B8XMBRTK281JM54KK' },
    },
  ],
};

interface Seen {
  status: number;
  body: Record<string, unknown>;
}

async function caller(options: SandboxOptions = {}) {
  const dialect = {
    ...runa.dialect,
    acceptance: { pendingStatus: 'PROCESSING', takesMs: 2_000, isListed: true } as const,
  };
  const { keys, url, close } = await startSandbox({ ...options, dialect });
  onTestFinished(close);
  return async (path: string, { key = keys.key, body = undefined as unknown, again = path } = {}): Promise<Seen> => {
    const answer = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'X-Api-Key': key, 'X-Idempotency-Key': again, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
}

describe.skipIf(!existsSync(DESCRIPTION))('as Runa the sandbox answers as described', () => {
  const text = existsSync(DESCRIPTION) ? readFileSync(DESCRIPTION, 'utf8') : '{}';
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  ajv.addSchema(JSON.parse(text) as object, 'runa');

  /** Errors of the body against the schema that the description has for the path, the method and the status. */
  function complaints(path: string, method: string, { status, body }: Seen): unknown {
    const described = JSON.parse(text).paths[path][method].responses[String(status)] as { $ref?: string } | undefined;
    if (described === undefined) return `${method} ${path} is not described as answering ${status}`;
    const response = described.$ref ?? `#/paths/${path.replaceAll('/', '~1')}/${method}/responses/${status}`;
    const validate = ajv.compile({ $ref: `runa${response}/content/application~1json/schema` });
    return validate(body) ? [] : validate.errors;
  }

  it('an order from its acceptance to its end, and its lists', async () => {
    const call = await caller();
    const made = await call('/order', { body: BODY });
    const path = `/order/${made.body.id}`;
    const pending = await call(path);
    expect(made.status).toBe(202);
    expect(complaints('/order', 'post', made)).toEqual([]);
    expect(pending.body.status).toBe('PROCESSING');
    expect(complaints('/order/{id}', 'get', pending)).toEqual([]);
    expect(complaints('/order', 'get', await call('/order?limit=2'))).toEqual([]);
    for (let tries = 0; tries < 1_000 && (await call(path)).body.status === 'PROCESSING'; tries++) await sleep(20);
    const done = await call(path);
    expect(done.body.status).toBe('COMPLETED');
    expect(complaints('/order/{id}', 'get', done)).toEqual([]);
    expect(complaints('/order', 'get', await call('/order'))).toEqual([]);
    expect(complaints('/ping', 'get', await call('/ping'))).toEqual([]);
  });

  it('errors, each in its shape', async () => {
    const call = await caller();
    await call('/order', { body: BODY, again: 'one' });
    const refusals: [string, string, Promise<Seen>, number, string?][] = [
      ['/order', 'post', call('/order', { body: { items: [{ face_value: 'ten' }] } }), 422, 'validation_error'],
      ['/order', 'post', call('/order', { body: { ...BODY, description: 'b' }, again: 'one' }), 400],
      ['/order', 'get', call('/order?after=nowhere'), 400, 'pagination_error'],
      ['/order', 'get', call('/order', { key: 'xxDEMO.wrong' }), 401, 'invalid_api_key'],
      ['/order/{id}', 'get', call('/order/O-none'), 404, 'not_found'],
    ];
    for (const [path, method, sent, status, type] of refusals) {
      const seen = await sent;
      expect(seen.status).toBe(status);
      expect(complaints(path, method, seen)).toEqual([]);
      if (type !== undefined) expect(seen.body.type).toBe(type);
    }
  });

  it('a limit, with another body than all other errors', async () => {
    const call = await caller({ rateLimit: { limit: 1, windowMs: 60_000 } });
    await call('/ping');
    const limited = await call('/order', { body: BODY });
    expect(limited).toEqual({ status: 429, body: { error: 'rate exceeded' } });
    expect(complaints('/order', 'post', limited)).toEqual([]);
  });
});
