// Comparing a first answer with its replay: members in any order, ids of the request itself left out.

import { isDeepStrictEqual } from 'node:util';
import { own } from '../../config/merge.js';
import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import { answerHeader, isSuccess, jsonOf, statusOf } from '../../evidence/exchange.js';
import { dropPointer, getPointer, pointerTo } from '../../evidence/pointer.js';

// Members that name the request or the occurrence, not the resource (RFC 9457 calls one of them "instance").
const OF_THE_REQUEST = /^((request|trace|correlation|error|log|debug)[_-]?id|instance)$/i;

/** What differs between two answers, in words; empty when nothing does. */
export function differences(first: Exchange, again: Exchange, contract: Contract): string[] {
  const idempotency = contract.idempotency;
  const found: string[] = [];
  const [before, after] = [statusOf(first), statusOf(again)];
  if (before !== after) found.push(`status ${before} became ${after}`);
  else if (isSuccess(first) !== isSuccess(again))
    found.push(`a ${isSuccess(first) ? 'success became an error' : 'refusal became a success'} under ${after}`);
  for (const name of idempotency?.compareHeaders ?? []) {
    const [one, other] = [answerHeader(first, name), answerHeader(again, name)];
    if (fieldOf(first, name) !== fieldOf(again, name))
      found.push(`${name} ${one ?? '(none)'} became ${other ?? '(none)'}`);
  }
  const [body, replayed] = [jsonOf(first), jsonOf(again)];
  if (body === undefined || replayed === undefined) {
    if (!isSameText(first, again)) found.push('another body');
    return found;
  }
  if (idempotency?.compare !== undefined) {
    for (const pointer of idempotency.compare) {
      if (!isDeepStrictEqual(getPointer(body, pointer), getPointer(replayed, pointer)))
        found.push(`another value at ${pointer}`);
    }
    return found;
  }
  const changed = changedMembers(compared(body, contract), compared(replayed, contract), '');
  return changed.length === 0
    ? found
    : [...found, `other values at ${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ', …' : ''}`];
}

/**
 * What differs between a first error and its replay. Members that the contract compares are those of a resource: an error
 * that has none of them is compared whole.
 */
export function errorDifferences(first: Exchange, again: Exchange, contract: Contract): string[] {
  const { idempotency } = contract;
  const compare = idempotency?.compare?.filter((pointer) => getPointer(jsonOf(first), pointer) !== undefined);
  if (idempotency === undefined || idempotency.compare === undefined || compare?.length !== 0)
    return differences(first, again, contract);
  const { compare: _members, ...whole } = idempotency;
  return differences(first, again, { ...contract, idempotency: whole });
}

/** Whether two answers say the same of the resource, whatever the contract compares of a replay. */
export function isSameContent(first: Exchange, again: Exchange, contract: Contract): boolean {
  if (fieldOf(first, 'location') !== fieldOf(again, 'location')) return false;
  const [body, other] = [jsonOf(first), jsonOf(again)];
  if (body === undefined || other === undefined) return isSameText(first, again);
  return isDeepStrictEqual(compared(body, contract), compared(other, contract));
}

/** A Location counts as what it points to: relative here and absolute there is the same place. */
function fieldOf(exchange: Exchange, name: string): string | undefined {
  const value = answerHeader(exchange, name);
  const isPlace = value !== undefined && name.toLowerCase() === 'location';
  return isPlace && URL.canParse(value, exchange.request.url) ? new URL(value, exchange.request.url).href : value;
}

/** Of a text that was cut, the part that is not kept counts by its length. */
function isSameText(first: Exchange, again: Exchange): boolean {
  const [one, other] = [first.response?.body, again.response?.body];
  if (one?.text !== other?.text) return false;
  return one?.truncated !== true || one.bytes === other?.bytes;
}

function compared(body: unknown, contract: Contract): unknown {
  const ignored = [
    ...(contract.idempotency?.ignore ?? []),
    ...(contract.requestId?.body === undefined ? [] : [contract.requestId.body]),
  ];
  return ignored.reduce(dropPointer, withoutRequestIds(body));
}

function withoutRequestIds(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutRequestIds);
  const members = Object.entries(value).filter(([name]) => !OF_THE_REQUEST.test(name));
  return Object.fromEntries(members.map(([name, inner]) => [name, withoutRequestIds(inner)]));
}

function changedMembers(one: unknown, other: unknown, path: string): string[] {
  if (isDeepStrictEqual(one, other)) return [];
  const objects = [one, other].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  if (!objects) return [path === '' ? 'the whole body' : path];
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].flatMap((name) => changedMembers(own(left, name), own(right, name), `${path}${pointerTo(name)}`));
}
