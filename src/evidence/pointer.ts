// JSON Pointer, RFC 6901.
import { isPlain, own } from '../config/merge.js';

/** The names along a pointer. */
export function stepsOf(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The pointer along these names. */
export function pointerTo(...steps: readonly string[]): string {
  return steps.map((step) => `/${step.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** The value at a pointer, or undefined. */
export function getPointer(value: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner[indexOf(step)];
    return isPlain(inner) ? own(inner, step) : undefined;
  }, value);
}

/** A copy with the value at a pointer set; missing parents become objects. */
export function setPointer(value: unknown, pointer: string, member: unknown): unknown {
  return setAt(value, stepsOf(pointer), member);
}

function setAt(value: unknown, [head, ...rest]: readonly string[], member: unknown): unknown {
  if (head === undefined) return member;
  if (Array.isArray(value)) return value.map((one, at) => (at === indexOf(head) ? setAt(one, rest, member) : one));
  const parent = isPlain(value) ? value : {};
  const old = own(parent, head);
  return { ...parent, [head]: setAt(old, rest, member) };
}

/** A copy without the value at a pointer. An item of a list leaves its place empty: the pointers to others still hold. */
export function dropPointer(value: unknown, pointer: string): unknown {
  return dropAt(value, stepsOf(pointer));
}

function dropAt(value: unknown, [head, ...rest]: readonly string[]): unknown {
  if (head === undefined) return value;
  if (Array.isArray(value)) {
    const dropped = (one: unknown) => (rest.length === 0 ? undefined : dropAt(one, rest));
    return value.map((one, at) => (at === indexOf(head) ? dropped(one) : one));
  }
  if (!isPlain(value) || !Object.hasOwn(value, head)) return value;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== head));
  return { ...value, [head]: dropAt(value[head], rest) };
}

/** Digits without leading zeros; anything else is no index. */
function indexOf(step: string): number {
  return /^(0|[1-9]\d*)$/.test(step) ? Number(step) : Number.NaN;
}
