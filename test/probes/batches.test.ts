import { describe, expect, it } from 'vitest';
import type { Api } from '../../src/probes/api.js';
import { batchResults } from '../../src/probes/batches.js';
import { create } from '../helpers/exchange.js';

const API = { contract: { batch: { results: '/results' } }, create: { id: '/id' } } as unknown as Api;
const resultsOf = (...results: unknown[]) => batchResults(API, create({ json: { results } }));

describe('the results of a batch', () => {
  it('name what was made, at their top or one level down', () => {
    expect(
      resultsOf({ id: 1, status: 'created' }, { order: { id: 'b' }, status: 201, error: null, errors: [] }),
    ).toEqual([
      { id: '1', status: null },
      { id: 'b', status: 201 },
    ]);
  });

  it('name nothing that was refused, whatever has an id in them', () => {
    const none = { id: null, status: null };
    const wrong = { code: 'invalid' };
    expect(
      resultsOf(
        { id: 'line-1', status: 'failed', error: wrong },
        { error: { id: 'err_1' } },
        { id: 'line-3', errors: [wrong] },
        { id: 'line-4', success: false },
      ),
    ).toEqual([none, none, none, none]);
    expect(resultsOf({ id: 'line-5', status: 422, error: 'invalid' })).toEqual([{ id: null, status: 422 }]);
  });
});
