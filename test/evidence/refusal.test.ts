import { describe, expect, it } from 'vitest';
import { type ContractInput, contractSchema } from '../../src/config/schema.js';
import {
  hasStatus,
  isClientError,
  isErrorAnswer,
  isExpected,
  isSuccess,
  isTurnedAway,
} from '../../src/evidence/exchange.js';
import { saysInFlight } from '../../src/evidence/in-flight.js';
import { isLimited } from '../../src/evidence/limits.js';
import { refusalIn } from '../../src/evidence/refusal.js';
import { type ExchangeInput, exchange } from '../helpers/exchange.js';

const by = (input: ExchangeInput, contract: ContractInput = {}) =>
  refusalIn(exchange(input), contractSchema.parse(contract))?.by ?? null;
const told = (inSuccess: NonNullable<ContractInput['errors']>['inSuccess'], json: unknown) =>
  by({ json }, { errors: { inSuccess } });

describe('a 2xx answer that the contract calls an error', () => {
  it('has a member that is there, and not null, false, 0 or empty', () => {
    for (const value of ['x', 7, true, ['x'], { code: 1 }])
      expect(told({ pointer: '/error' }, { error: value }), JSON.stringify(value)).toBe('contract');
    for (const value of [null, false, 0, '', [], {}])
      expect(told({ pointer: '/error' }, { error: value }), JSON.stringify(value)).toBeNull();
    expect(told({ pointer: '/error' }, { id: 'ord_1' })).toBeNull();
  });

  it('has one of the values, or none of the excepted ones', () => {
    expect(told({ pointer: '/status', values: ['error', 'fail'] }, { status: 'fail' })).toBe('contract');
    expect(told({ pointer: '/status', values: ['error'] }, { status: 'ok' })).toBeNull();
    expect(told({ pointer: '/ok', values: [false] }, { ok: false })).toBe('contract');
    expect(told({ pointer: '/code', except: [0, 200] }, { code: 1001 })).toBe('contract');
    expect(told({ pointer: '/code', except: [0, 200] }, { code: 200 })).toBeNull();
    expect(told({ pointer: '/code', except: [0] }, { id: 'x' })).toBeNull();
  });

  it('is none with another status, and nothing else looks like one then', () => {
    expect(by({ status: 400, json: { error: 'x' } }, { errors: { inSuccess: { pointer: '/error' } } })).toBeNull();
    expect(told({ pointer: '/status', values: ['error'] }, { error: 'x' })).toBeNull();
    expect(told(false, { error: 'x' })).toBeNull();
  });

  it('cannot be told by values and exceptions at once', () => {
    const both = { errors: { inSuccess: { pointer: '/a', values: [1], except: [0] } } };
    expect(() => contractSchema.parse(both)).toThrow(/either values or except/);
  });
});

describe('a 2xx answer that looks like an error', () => {
  const ERRORS: readonly unknown[] = [
    { error: 'unauthorized' },
    { error: { code: 1, message: 'x' } },
    { errors: [{ message: 'x' }] },
    { data: null, errors: [{ message: 'x' }] },
    { data: { createOrder: null }, errors: [{ message: 'x' }] },
    { status: 'error', message: 'x' },
    { status: 'fail', data: null },
    { result: 'failed' },
    { success: false },
    { ok: false, description: 'x' },
    { Success: 'false' },
    { status: 404, message: 'x' },
    { statusCode: '401', message: ['x'] },
    { code: 'invalid', message: 'x' },
    { code: 1001, msg: 'x', data: null },
    { resultCode: 'E17', message: 'x' },
    { errorCode: 'GENERAL.0001', message: ['x'] },
    { error_message: 'x', request_id: 'req_1' },
  ];
  for (const body of ERRORS)
    it(`is ${JSON.stringify(body)}`, () => {
      expect(by({ json: body })).toBe('likeness');
    });

  const SOUND: readonly unknown[] = [
    {},
    null,
    [],
    'fine',
    { status: 'ok' },
    { message: 'pong', environment: 'sandbox' },
    { code: 0, message: 'ok', data: { amount: 1 } },
    { code: '0000', message: 'success' },
    { code: 200, message: 'OK' },
    { error: null, data: { amount: 1 } },
    { error: '', ok: true },
    { error: 'none' },
    { errors: [], data: [] },
    { errors: 3, requests: 100 },
    { data: [{ id: 1 }], errors: [{ item: 2 }] },
    { data: { type: 'orders', id: '1' }, errors: [] },
    { id: 'ord_1', status: 'failed', error: 'card_declined' },
    { uuid: 'a', success: false },
    { paymentId: 'p', status: 'error' },
    { success: true, message: 'done' },
    { items: [], has_more: false },
    { code: 'SAVE10', message: 'ten off', percent: 10 },
    [{ error: 'x' }],
  ];
  for (const body of SOUND)
    it(`is not ${JSON.stringify(body)}`, () => {
      expect(by({ json: body })).toBeNull();
    });

  it('has no Location and no id at the place of the config', () => {
    expect(by({ status: 201, json: { error: 'x' }, headers: { Location: '/orders/1' } })).toBeNull();
    const nested = exchange({ json: { result: 'failed', order: { number: 17 } } });
    expect(refusalIn(nested, contractSchema.parse({}), '/order/number')).toBeUndefined();
    expect(refusalIn(nested, contractSchema.parse({}))?.by).toBe('likeness');
  });

  it('may be a short text or XML', () => {
    expect(by({ text: 'ERROR: unknown key' })).toBe('likeness');
    expect(by({ text: 'Unauthorized' })).toBe('likeness');
    expect(by({ text: '<?xml version="1.0"?><Error><Code>X</Code></Error>' })).toBe('likeness');
    expect(by({ text: 'pong' })).toBeNull();
    expect(by({ text: 'OK: no error' })).toBeNull();
    expect(by({ text: '<html><title>Sign in</title></html>' })).toBeNull();
    expect(by({ status: 204, text: '' })).toBeNull();
  });

  it('has the media type of problems', () => {
    const headers = { 'Content-Type': 'application/problem+json' };
    expect(by({ json: { title: 'x' }, headers })).toBe('likeness');
  });
});

describe('a refusal in a 2xx answer', () => {
  const refused = (input: ExchangeInput = {}, refusedBy: 'contract' | 'likeness' = 'contract') => ({
    ...exchange({ json: { status: 'error', message: 'x' }, ...input }),
    refusal: { by: refusedBy, sign: '/status: error' },
  });

  it('is no success, and stands for every refusal', () => {
    const one = refused({ expected: [200] });
    expect([isSuccess(one), isExpected(one)]).toEqual([false, false]);
    expect([isClientError(one), isErrorAnswer(one)]).toEqual([true, true]);
    expect([hasStatus(one, [401, 403]), hasStatus(one, [200])]).toEqual([true, false]);
    expect(isExpected(refused({ expected: [422] }))).toBe(true);
    const likely = refused({ expected: [200] }, 'likeness');
    expect([isSuccess(likely), isExpected(likely), isClientError(likely)]).toEqual([true, true, false]);
    expect([hasStatus(likely, [401]), hasStatus(likely, [200])]).toEqual([false, true]);
  });

  it('is one of a limit, of a call in flight, or of who asks, where its words say so', () => {
    const contract = contractSchema.parse({
      idempotency: { header: 'K', inFlight: { statuses: [409], codes: ['in_use'] } },
      errors: { default: { code: '/code' }, inSuccess: { pointer: '/status', values: ['error'] } },
    });
    const saying = (code: string) => refused({ json: { status: 'error', code } });
    expect([isLimited(saying('rate_limited'), contract), isLimited(saying('invalid'), contract)]).toEqual([
      true,
      false,
    ]);
    expect([saysInFlight(saying('in_use'), contract), saysInFlight(saying('reused'), contract)]).toEqual([true, false]);
    expect([isTurnedAway(saying('not_found')), isTurnedAway(saying('invalid'))]).toEqual([true, false]);
  });
});
