// Comparing a first answer with its replay: members in any order, ids of the request itself left out.
import { isDeepStrictEqual } from 'node:util';
import type { Contract } from '../../config/schema.js';
import { answerHeader, jsonOf, statusOf } from '../../evidence/exchange.js';
import { dropPointer, getPointer } from '../../evidence/pointer.js';
import type { Exchange } from '../../types.js';

// Members that name the request or the occurrence, not the resource (RFC 9457 calls one of them "instance").
const OF_THE_REQUEST = /^((request|trace|correlation|error|log|debug)[_-]?id|instance)$/i;

/** What differs between two answers, in words; empty when nothing does. */
export function differences(first: Exchange, again: Exchange, contract: Contract): string[] {
  const idempotency = contract.idempotency;
  const found: string[] = [];
  const [before, after] = [statusOf(first), statusOf(again)];
  if (before !== after) found.push(`status ${before} became ${after}`);
  for (const name of idempotency?.compareHeaders ?? []) {
    const [one, other] = [answerHeader(first, name), answerHeader(again, name)];
    if (one !== other) found.push(`${name} ${one ?? '(none)'} became ${other ?? '(none)'}`);
  }
  const [body, replayed] = [jsonOf(first), jsonOf(again)];
  if (body === undefined || replayed === undefined) {
    if (first.response?.body.text !== again.response?.body.text) found.push('another body');
    return found;
  }
  if (idempotency?.compare !== undefined) {
    for (const pointer of idempotency.compare) {
      if (!isDeepStrictEqual(getPointer(body, pointer), getPointer(replayed, pointer)))
        found.push(`another value at ${pointer}`);
    }
    return found;
  }
  const ignored = [
    ...(idempotency?.ignore ?? []),
    ...(contract.requestId?.body === undefined ? [] : [contract.requestId.body]),
  ];
  const strip = (value: unknown) => ignored.reduce(dropPointer, withoutRequestIds(value));
  const changed = changedMembers(strip(body), strip(replayed), '');
  return changed.length === 0
    ? found
    : [...found, `other values at ${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ', …' : ''}`];
}

function withoutRequestIds(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !OF_THE_REQUEST.test(name)));
}

function changedMembers(one: unknown, other: unknown, path: string): string[] {
  if (isDeepStrictEqual(one, other)) return [];
  const objects = [one, other].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  if (!objects) return [path === '' ? 'the whole body' : path];
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].flatMap((name) => changedMembers(left[name], right[name], `${path}/${name}`));
}
