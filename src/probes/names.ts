// How answers name the resource that a create made.
import { answerHeader, jsonOf } from '../evidence/exchange.js';
import { getPointer } from '../evidence/pointer.js';
import type { Exchange } from '../types.js';
import type { Api } from './api.js';
import type { Named } from './evidence.js';

export function nameOf(api: Api, call: Exchange): Named {
  const id = getPointer(jsonOf(call), api.create?.id ?? '/id');
  return {
    exchange: call.id,
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : null,
    location: api.create?.location === false ? null : (answerHeader(call, 'location') ?? null),
  };
}
