// JSON Pointer, RFC 6901.
import { isPlain } from '../config/merge.js';

function steps(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The value at a pointer, or undefined. */
export function getPointer(value: unknown, pointer: string): unknown {
  return steps(pointer).reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner[Number(step)];
    return isPlain(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);
}

/** A copy with the value at a pointer set; missing parents become objects. */
export function setPointer(value: unknown, pointer: string, member: unknown): unknown {
  const [head, ...rest] = steps(pointer);
  if (head === undefined) return member;
  const tail =
    rest.length === 0 ? '' : `/${rest.map((step) => step.replace(/~/g, '~0').replace(/\//g, '~1')).join('/')}`;
  if (Array.isArray(value)) return value.map((one, at) => (at === Number(head) ? setPointer(one, tail, member) : one));
  const parent = isPlain(value) ? value : {};
  return { ...parent, [head]: setPointer(parent[head], tail, member) };
}

/** A copy without the value at a pointer. */
export function dropPointer(value: unknown, pointer: string): unknown {
  const [head, ...rest] = steps(pointer);
  if (head === undefined) return value;
  if (Array.isArray(value)) {
    const tail = `/${rest.join('/')}`;
    return rest.length === 0
      ? value.filter((_, at) => at !== Number(head))
      : value.map((one, at) => (at === Number(head) ? dropPointer(one, tail) : one));
  }
  if (!isPlain(value) || !Object.hasOwn(value, head)) return value;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== head));
  return { ...value, [head]: dropPointer(value[head], `/${rest.join('/')}`) };
}
