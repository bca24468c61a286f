/** Deep merge of plain objects, the later layer last; lists are replaced, not joined. */
export function merge(base: unknown, layer: unknown, path = ''): unknown {
  if (layer === undefined) return base;
  if (!isPlain(base) || !isPlain(layer)) return layer;
  const merged = new Map(Object.entries(withoutReplaced(base, layer, path)));
  for (const [key, value] of Object.entries(layer)) merged.set(key, merge(merged.get(key), value, `${path}/${key}`));
  return Object.fromEntries(merged);
}

// Alternatives of one another: naming one place for the credential (or the idempotency key) takes the base's away.
const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = {
  '/contract/auth': ['none', 'headers', 'basic', 'query', 'body', 'login', 'signature'],
  '/contract/idempotency': ['header', 'bodyField'],
};

// What holds for one of them alone goes with it: a body member is not written as a structured header.
const OF_OTHERS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '/contract/idempotency': { bodyField: ['quoted'] },
};

// Another path is another operation: nothing of the base's sample, count or body holds for it.
const OPERATION = /^\/endpoint\/operations\/[^/]+$/;
// Place -> the member that says what it is: another one makes another thing of the whole.
const NAMED: readonly (readonly [RegExp, string])[] = [
  [OPERATION, 'path'],
  [/^\/contract\/webhook$/, 'scheme'],
];
// A sample is taken as it is written.
const WHOLE = /^\/webhook\/(event|earlier|slow)$/;

function withoutReplaced(
  base: Record<string, unknown>,
  layer: Record<string, unknown>,
  path: string,
): Record<string, unknown> {
  if (WHOLE.test(path)) return {};
  const name = NAMED.find(([place]) => place.test(path))?.[1] ?? '';
  if (layer[name] !== undefined && base[name] !== undefined && layer[name] !== base[name]) return {};
  const group = OPERATION.test(path) ? ['body', 'form'] : ALTERNATIVES[path];
  if (group === undefined || !group.some((key) => key in layer)) return base;
  const others = Object.entries(OF_OTHERS[path] ?? {}).flatMap(([key, names]) => (key in layer ? names : []));
  const replaced = [...group, ...others];
  return Object.fromEntries(Object.entries(base).filter(([key]) => !replaced.includes(key) || key in layer));
}

/** `value` at a dotted place: ('a.b', 1) is { a: { b: 1 } }. */
export function nested(place: string, value: unknown): unknown {
  return place.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member of that name, unless it is one that every object inherits, such as toString. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A copy of plain data whose maps inherit nothing: a name from elsewhere finds in them what they hold, and nothing else. */
export function withoutPrototypes<T>(value: T): T;
export function withoutPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withoutPrototypes(one));
  if (!isPlain(value)) return value;
  const bare = Object.create(null) as Record<string, unknown>;
  for (const [name, one] of Object.entries(value)) bare[name] = withoutPrototypes(one);
  return bare;
}
