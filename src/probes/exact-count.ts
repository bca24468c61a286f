// A count that is too high: without what is listed for another reason, or why it means nothing.

import type { Exchange } from '../evidence/exchange.js';
import { jsonOf } from '../evidence/exchange.js';
import type { Count } from '../evidence/map.js';
import { getPointer } from '../evidence/pointer.js';
import type { ProbeContext } from './define.js';
import { holdsWhole, neighbourOf, partOf } from './unique-values.js';

/** What the counting call asked for: a value, and the keys where each is counted by itself. */
interface Asked {
  unique: string;
  keys: readonly (string | undefined)[];
}

export const MOST_GUARDS = 2;

/**
 * Counts under a part of the value, which nobody used: there only a list shows anything that compares less than whole
 * values (that filters by substring, by prefix, by likeness, or not at all).
 */
export async function exactly(
  context: ProbeContext,
  suffix: string,
  count: Count,
  asked: Asked,
  amountIn: (call: Exchange) => number | null,
): Promise<Count | string> {
  const { send, fresh, freshKey } = context;
  const [key] = asked.keys;
  const part = { unique: partOf(asked.unique), ...(key === undefined ? {} : { key: partOf(key) }) };
  const underPart = amountIn(await send('count-other', { ...part, suffix }));
  // Not every API takes a part for a value at all.
  const again = { unique: fresh(), key: freshKey(), suffix: `${suffix}fresh` };
  const shown = underPart ?? amountIn(await send('count-other', again)) ?? 0;
  if (shown === 0) return count;
  const whole = asked.keys.length > 1 ? null : wholeMatches(context, count, asked.unique);
  if (whole !== null) return { ...count, resources: whole };
  // A list that filters by substring shows nothing of a neighbour, and no value of ours is a part of another.
  if (key === undefined && underPart !== null) {
    const near = { unique: neighbourOf(asked.unique), suffix: `${suffix}near` };
    if (amountIn(await send('count-other', near)) === 0) return count;
  }
  return `the counting call shows ${shown} of a value that was never used: it does not look for whole values of {{unique}} or {{key}}, and its items do not show them (endpoint.operations.create.count)`;
}

/** How many of the listed items carry the whole value; null: none shows it. */
function wholeMatches({ api, traffic }: ProbeContext, { exchange }: Count, unique: string): number | null {
  const call = traffic().exchanges.find(({ id }) => id === exchange);
  const body = call === undefined ? undefined : jsonOf(call);
  const items = getPointer(body, api.create?.count?.items ?? '');
  if (!Array.isArray(items)) return null;
  const whole = items.filter((item: unknown) => holdsWhole(JSON.stringify(item), unique)).length;
  return whole === 0 ? null : whole;
}
