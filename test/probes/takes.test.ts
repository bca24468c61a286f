import { describe, expect, it } from 'vitest';
import { resolveSource } from '../../src/config/load.js';
import { isLack } from '../../src/evidence/unlock.js';
import { createApi } from '../../src/probes/api.js';
import type { CallSpec, Fill } from '../../src/probes/call.js';
import { createTaking, missingToTake, takingCalls } from '../../src/probes/takes.js';
import { exchange } from '../helpers/exchange.js';

async function apiWith(create: Record<string, unknown> = {}) {
  const source = {
    file: '/nowhere/golive-check.json',
    raw: {
      extends: 'none',
      contract: { auth: { headers: [{ name: 'X-Api-Key' }] } },
      endpoint: {
        url: 'http://127.0.0.1:9/v1',
        key: '${KEY}',
        operations: {
          quotation: { method: 'POST', path: '/quotations', body: { amount: 8000 }, expect: 201 },
          create: {
            path: '/ramps',
            body: { quotationId: '{{quotation}}', note: '{{unique}}' },
            takes: { quotation: { operation: 'quotation', value: '/id' } },
            ...create,
          },
        },
      },
    },
    placeOf: async () => null,
  };
  const [target] = await resolveSource(source, { cwd: '/nowhere', environment: { KEY: 'sk_test_0123456789' } });
  const api = target === undefined ? null : createApi(target, null);
  const call = api?.call('create');
  if (api === null || call === undefined || isLack(call)) throw new Error('no create');
  return { api, create: call };
}

/** A transport that makes a new quotation per call. */
function recording(status = 201) {
  const sent: { id: string; path: string; taken: Fill['taken'] }[] = [];
  let quotations = 0;
  const send = async (id: string, spec: CallSpec, fill: Fill) => {
    sent.push({ id, path: spec.path, taken: fill.taken });
    const isQuotation = spec.path === '/quotations';
    const body = isQuotation ? { id: `q-${++quotations}` } : { id: 'r-1' };
    return exchange({ id, status: isQuotation ? status : 201, json: body, expected: spec.expected });
  };
  return { sent, send };
}

describe('what a call takes from another operation', () => {
  it('is fetched once per fresh body, also by calls at the same moment', async () => {
    const { api, create } = await apiWith();
    const { sent, send } = recording();
    const taking = createTaking(api, send);
    await Promise.all([taking('a', create, { unique: 'u-1' }), taking('b', create, { unique: 'u-1' })]);
    await taking('c', create, { unique: 'u-2' });
    expect(sent.filter((one) => one.path === '/quotations')).toHaveLength(2);
    expect(sent.filter((one) => one.path === '/ramps').map((one) => [one.id, one.taken])).toEqual([
      ['a', { quotation: 'q-1' }],
      ['b', { quotation: 'q-1' }],
      ['c', { quotation: 'q-2' }],
    ]);
  });

  it('is not fetched where the body does not hold its place', async () => {
    const { api, create } = await apiWith();
    const { sent, send } = recording();
    await createTaking(api, send)('a', { ...create, payload: { text: '{', contentType: 'application/json' } }, {});
    expect(sent.map((one) => one.path)).toEqual(['/ramps']);
  });

  it('leaves no evidence where the other operation fails, or does not hold it', async () => {
    const { api, create } = await apiWith();
    await expect(createTaking(api, recording(422).send)('a', create, {})).rejects.toThrow(
      /operations.quotation, which comes before, was answered 422/,
    );
    const elsewhere = await apiWith({ takes: { quotation: { operation: 'quotation', value: '/uuid' } } });
    await expect(createTaking(elsewhere.api, recording().send)('a', elsewhere.create, {})).rejects.toThrow(
      /holds nothing at \/uuid/,
    );
  });

  it('is in the plan', async () => {
    const { api, create } = await apiWith();
    expect(missingToTake(api, { first: create })).toBeNull();
    const before = takingCalls(api, { first: { ...create, times: 2 }, other: create });
    expect(Object.values(before).map((call) => [call.path, call.times, call.when])).toEqual([
      ['/quotations', 3, 'a create needs one of its own'],
    ]);
  });

  it('must come from another operation that there is', async () => {
    await expect(apiWith({ takes: { quotation: { operation: 'quotatoin', value: '/id' } } })).rejects.toThrow(
      /takes\.quotation\.operation: found "quotatoin".*did you mean "quotation"/s,
    );
  });
});
