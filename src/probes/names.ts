// How answers name the resource that a create made.

import type { Exchange } from '../evidence/exchange.js';
import { answerHeader, jsonOf } from '../evidence/exchange.js';
import type { Named } from '../evidence/map.js';
import { getPointer } from '../evidence/pointer.js';
import type { Api } from './api.js';

export function nameOf(api: Api, call: Exchange): Named {
  const id = getPointer(jsonOf(call), api.create?.id ?? '/id');
  return {
    exchange: call.id,
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : null,
    location: api.create?.location === false ? null : placeOf(call),
  };
}

/** Without the API's own origin, which some answers write out and others do not. */
function placeOf(call: Exchange): string | null {
  const written = answerHeader(call, 'location');
  if (written === undefined || !URL.canParse(written, call.request.url)) return written ?? null;
  const place = new URL(written, call.request.url);
  return place.origin === new URL(call.request.url).origin
    ? `${place.pathname}${place.search}${place.hash}`
    : place.href;
}
