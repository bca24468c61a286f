// The items of a batch call and the results in its answer.

import type { Exchange } from '../evidence/exchange.js';
import { jsonOf } from '../evidence/exchange.js';
import type { BatchResult } from '../evidence/map.js';
import { getPointer } from '../evidence/pointer.js';
import type { Api } from './api.js';
import type { CallSpec } from './call.js';

export function itemsIn(api: Api, call: CallSpec): number {
  if (call.payload === null || !('json' in call.payload)) return 0;
  const items = getPointer(call.payload.json, api.contract.batch?.items ?? '');
  return Array.isArray(items) ? items.length : 0;
}

/** One per entry of the answer; null: no list is where the results should be. */
export function batchResults(api: Api, call: Exchange): BatchResult[] | null {
  const { batch } = api.contract;
  const results = getPointer(jsonOf(call), batch?.results ?? batch?.items ?? '');
  return Array.isArray(results) ? results.map((entry: unknown) => resultOf(api, entry)) : null;
}

/** An entry names a resource, at its top or one level down, or says what was wrong. */
function resultOf(api: Api, entry: unknown): BatchResult {
  const shown = getPointer(entry, '/status');
  const status = typeof shown === 'number' ? shown : null;
  // The id of an error, or of the line that it is about, is none of a resource.
  if (saysWrong(entry)) return { id: null, status };
  const inner = typeof entry === 'object' && entry !== null ? Object.values(entry) : [];
  const ids = [entry, ...inner].map((one: unknown) => getPointer(one, api.create?.id ?? '/id'));
  const id = ids.find((one) => typeof one === 'string' || typeof one === 'number');
  return { id: id === undefined ? null : String(id), status };
}

function saysWrong(entry: unknown): boolean {
  if (getPointer(entry, '/success') === false) return true;
  return ['/error', '/errors'].some((place) => {
    const told = getPointer(entry, place);
    return Array.isArray(told) ? told.length > 0 : told !== undefined && told !== null && told !== false && told !== '';
  });
}
