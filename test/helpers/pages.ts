// Pages of a list, as the probe leaves them.
import type { PageFacts, PagesEvidence } from '../../src/evidence/map.js';
import { type ExchangeInput, exchange } from './exchange.js';

export interface PageInput extends ExchangeInput {
  ids?: readonly (string | null)[] | null;
  asked?: number | null;
  more?: boolean | null;
}

export function page(id: string, { ids = ['a', 'b'], asked = 2, more = true, ...input }: PageInput = {}): PageFacts {
  return { call: exchange({ id: `pages.${id}`, url: '/products', operation: 'list', ...input }), asked, ids, more };
}

/** A walk of two pages, each in order; the last one ends it. */
export function walked(
  pages: readonly PageInput[] = [{ ids: ['a', 'b'] }, { ids: ['c'], more: false }],
  more: Partial<PagesEvidence> = {},
): { 'endpoint.pages': PagesEvidence } {
  const walk = pages.map((one, at) => page(`next.${at + 1}`, one));
  return { 'endpoint.pages': { small: null, over: null, walk, stopped: 'end', again: null, ...more } };
}
