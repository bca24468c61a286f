// Error bodies against the contract's shapes.
import type { Contract } from '../../config/schema.js';
import { type ErrorShape, errorShapeFor } from '../../evidence/error-shape.js';
import { contentTypeOf, jsonOf, statusOf } from '../../evidence/exchange.js';
import { getPointer } from '../../evidence/pointer.js';
import type { Exchange } from '../../types.js';

/** The shape promised for a status: its own, its class's, else the default. */
export function shapeFor(contract: Contract, status: number): ErrorShape | undefined {
  return errorShapeFor(contract, status);
}

/** What a shape promises, in words. */
export function shapeText(shape: ErrorShape | undefined): string {
  const types = Object.entries(shape?.types ?? {}).map(([pointer, type]) => `${pointer} a JSON ${type}`);
  return [...new Set([shape?.contentType, ...(shape?.required ?? []), shape?.code, ...types])]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** What an error answer lacks of its promised shape; null where nothing is promised. */
export function shapeFaults(exchange: Exchange, contract: Contract): string[] | null {
  const shape = shapeFor(contract, statusOf(exchange) ?? 0);
  if (shape === undefined || shapeText(shape) === '') return null;
  const faults: string[] = [];
  const type = contentTypeOf(exchange);
  if (shape.contentType !== undefined && type !== shape.contentType.split(';')[0]?.trim().toLowerCase())
    faults.push(`content type ${type === '' ? '(none)' : type}, not ${shape.contentType}`);
  const pointers = [...new Set([...shape.required, ...(shape.code === undefined ? [] : [shape.code])])];
  if (pointers.length === 0 && shape.types === undefined) return faults;
  const body = jsonOf(exchange);
  if (body === undefined) return [...faults, 'no JSON body'];
  const missing = pointers.filter((pointer) => {
    const member = getPointer(body, pointer);
    // Nothing can be branched on by a code that is null or empty.
    return member === undefined || (pointer === shape.code && (member === null || member === ''));
  });
  return [...faults, ...(missing.length === 0 ? [] : [`no ${missing.join(', ')}`]), ...typeFaults(body, shape)];
}

/** Members that are there with another JSON type than promised: `"404"` is not 404. */
function typeFaults(body: unknown, shape: ErrorShape): string[] {
  return Object.entries(shape.types ?? {}).flatMap(([pointer, type]) => {
    const member = getPointer(body, pointer);
    const found = Array.isArray(member) ? 'array' : member === null ? 'null' : typeof member;
    return member === undefined || found === type ? [] : [`${pointer} is a JSON ${found}, not ${type}`];
  });
}
