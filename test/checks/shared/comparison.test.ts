import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, isSameContent } from '../../../src/checks/shared/comparison.js';
import { type ContractInput, contractSchema } from '../../../src/config/schema.js';
import { create, type ExchangeInput } from '../../helpers/exchange.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

function compare(first: ExchangeInput, again: ExchangeInput, contract: ContractInput = {}): string[] {
  return differences(create(first), create({ id: 'replay.again', ...again }), contractSchema.parse(contract));
}
const text = (value: unknown): ExchangeInput => ({ text: JSON.stringify(value), json: undefined });
const idempotency = (rest: object): ContractInput => ({ idempotency: rest });

// Names that every object inherits are ordinary names in JSON; those of the request itself have tests of their own.
const name = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('id', 'amount', 'status', 'data', 'order_id', 'constructor', 'toString', ''),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const { json, object } = fc.letrec<{ json: Json; object: { [name: string]: Json } }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, 0, 1, '', 'a'),
    fc.integer(),
    fc.string({ maxLength: 5 }),
    fc.array(tie('json'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(name, tie('json'), { maxKeys: 5, noNullPrototype: true }),
}));

/** The same value with the members of each object in another order. */
function shuffled(value: Json, random: (below: number) => number): Json {
  if (Array.isArray(value)) return value.map((one) => shuffled(one, random));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, one]) => [key, shuffled(one, random)] as const);
  for (let at = members.length - 1; at > 0; at -= 1) {
    const other = random(at + 1);
    const [one, two] = [members[at], members[other]];
    if (one !== undefined && two !== undefined) [members[at], members[other]] = [two, one];
  }
  return Object.fromEntries(members);
}

/** Pointers to every value inside, the root left out. */
function places(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Array.isArray(value) ? value.map((one, at) => [String(at), one] as const) : Object.entries(value);
  return inner.flatMap(([key, one]) => [[...path, key], ...places(one, [...path, key])]);
}

function changedAt(value: Json, [head, ...rest]: readonly string[], change: (old: Json) => Json): Json {
  if (head === undefined) return change(value);
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === head ? changedAt(one, rest, change) : one));
  return Object.fromEntries(
    Object.entries(value as { [name: string]: Json }).map(([key, one]) => [
      key,
      key === head ? changedAt(one, rest, change) : one,
    ]),
  );
}

/** Any other value. */
function other(old: Json): Json {
  if (typeof old === 'number') return old + 1;
  if (typeof old === 'string') return `${old}!`;
  if (typeof old === 'boolean') return !old;
  return old === null ? {} : Array.isArray(old) ? [...old, 1] : { ...old, added: 1 };
}

const pointerOf = (path: readonly string[]) =>
  path.map((step) => `/${step.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
const isOfRequest = (path: readonly string[]) =>
  path.some((step) => /^((request|trace|correlation|error|log|debug)[_-]?id|instance)$/i.test(step));

describe('differences', () => {
  it('finds none however members are ordered', () => {
    fc.assert(
      fc.property(json, fc.infiniteStream(fc.nat()), (value, numbers) => {
        const random = (below: number) => (numbers.next().value ?? 0) % below;
        expect(compare(text(value), text(shuffled(value, random)))).toEqual([]);
      }),
    );
  });

  it('finds any member that changes', () => {
    fc.assert(
      fc.property(object, fc.nat(), (value, at) => {
        const all = places(value).filter((path) => !isOfRequest(path));
        const path = all[at % all.length];
        fc.pre(path !== undefined);
        expect(compare(text(value), text(changedAt(value, path, other)))).not.toEqual([]);
      }),
    );
  });

  it('finds any member that is added or goes, whichever is first', () => {
    fc.assert(
      fc.property(object, name, json, (value, key, member) => {
        fc.pre(!Object.hasOwn(value, key) && !isOfRequest([key]));
        const more = Object.fromEntries([...Object.entries(value), [key, member]]);
        expect(compare(text(value), text(more))).not.toEqual([]);
        expect(compare(text(more), text(value))).not.toEqual([]);
      }),
    );
  });

  it('leaves out what the contract ignores, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.dictionary(name, object, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
        fc.nat(),
        (value, at) => {
          const [ignored, watched] = [Object.keys(value)[at % Object.keys(value).length], Object.keys(value)[0]];
          fc.pre(ignored !== undefined && watched !== undefined && !isOfRequest([ignored]) && !isOfRequest([watched]));
          const contract = idempotency({ ignore: [pointerOf([ignored])] });
          expect(compare(text(value), text(changedAt(value, [ignored], other)), contract)).toEqual([]);
          fc.pre(watched !== ignored);
          expect(compare(text(value), text(changedAt(value, [watched], other)), contract)).not.toEqual([]);
        },
      ),
    );
  });

  it('compares what the contract lists, and nothing else', () => {
    const [first, again] = [{ json: { id: 1, at: 1, deep: { a: 1 } } }, { json: { id: 1, at: 2, deep: { a: 2 } } }];
    expect(compare(first, again, idempotency({ compare: ['/id'] }))).toEqual([]);
    expect(compare(first, again, idempotency({ compare: ['/id', '/deep'] }))).toEqual(['another value at /deep']);
    expect(compare(first, again, idempotency({ compare: ['/deep/a', '/at'] }))).toHaveLength(2);
  });

  it('leaves out ids of the request, at any depth of objects', () => {
    for (const member of [
      'request_id',
      'requestId',
      'request-id',
      'traceId',
      'CorrelationID',
      'error_id',
      'instance',
    ]) {
      const at = (id: string): ExchangeInput => ({
        json: { id: 'ord_1', [member]: id, meta: { inner: { [member]: id } } },
      });
      expect(compare(at('a'), at('b')), member).toEqual([]);
    }
    for (const member of ['id', 'order_id', 'requested_id', 'instances', 'login_id', 'payment_request_id']) {
      const at = (id: string): ExchangeInput => ({ json: { [member]: id } });
      expect(compare(at('a'), at('b')), member).toEqual([`other values at /${member}`]);
    }
  });

  it('names what differs, the first three of many', () => {
    const body = (value: number) => ({ json: { a: value, b: { c: value }, d: [value], e: value } });
    expect(compare(body(1), body(2))).toEqual(['other values at /a, /b/c, /d, …']);
    expect(compare({ json: [1] }, { json: [2] })).toEqual(['other values at the whole body']);
    expect(compare({ json: {} }, { json: [] })).toEqual(['other values at the whole body']);
  });

  it('tells a member from what every object inherits', () => {
    const [empty, full] = [
      { text: '{}', json: undefined },
      { text: '{"__proto__":{},"constructor":1}', json: undefined },
    ];
    expect(compare(empty, full)).toEqual(['other values at /__proto__, /constructor']);
    expect(compare(full, empty)).toEqual(['other values at /__proto__, /constructor']);
  });

  it('compares status and listed headers, by name without case', () => {
    const location = (name: string, value: string) => ({ headers: { [name]: value } });
    expect(compare({}, { status: 200 })).toEqual(['status 201 became 200']);
    expect(compare(location('Location', '/a'), location('location', '/a'), idempotency({}))).toEqual([]);
    expect(compare(location('Location', '/a'), {}, idempotency({}))).toEqual(['Location /a became (none)']);
    expect(compare(location('Location', '/a'), {}, idempotency({ compareHeaders: [] }))).toEqual([]);
    expect(compare(location('ETag', 'a'), {}, idempotency({ compareHeaders: ['ETag'] }))).toEqual([
      'ETag a became (none)',
    ]);
    expect(
      compare(location('X-Batch', 'a'), location('X-Batch', './a'), idempotency({ compareHeaders: ['X-Batch'] })),
    ).toHaveLength(1);
  });

  it('compares by text what is no JSON', () => {
    expect(compare({ text: 'OK' }, { text: 'OK' })).toEqual([]);
    expect(compare({ text: 'OK' }, { text: 'ok' })).toEqual(['another body']);
    expect(compare({ json: { a: 1 } }, { text: 'OK' })).toEqual(['another body']);
    expect(compare({ text: 'OK' }, { json: { a: 1 } }, idempotency({ compare: ['/id'] }))).toEqual(['another body']);
    expect(compare({ json: undefined }, { json: undefined })).toEqual([]);
  });

  it('takes a body that was cut for the same only where as many bytes came', () => {
    const cut = (bytes: number): ExchangeInput => ({ text: '{"a":', body: { truncated: true, bytes } });
    expect(compare(cut(40_000), cut(40_000))).toEqual([]);
    expect(compare(cut(40_000), cut(40_001))).toEqual(['another body']);
  });
});

describe('what is no difference', () => {
  const found = (first: ExchangeInput, again: ExchangeInput) =>
    differences(create(first), create(again), contractSchema.parse({ idempotency: {} }));

  it('a request id inside a list', () => {
    const at = (id: string): ExchangeInput => ({ json: { data: [{ id: 1, meta: { requestId: id } }] } });
    expect(found(at('a'), at('b'))).toEqual([]);
  });
  it('a Location that is written out', () => {
    const at = (location: string): ExchangeInput => ({ headers: { Location: location } });
    expect(found(at('/v1/orders/1'), at('https://api.example.com/v1/orders/1'))).toEqual([]);
    expect(found(at('/v1/orders/1'), at('https://other.example.com/v1/orders/1'))).toHaveLength(1);
  });
  it('a Location that is no address, twice', () => {
    const at: ExchangeInput = { headers: { Location: 'https://[' } };
    expect(found(at, at)).toEqual([]);
  });
  it('one text that took another number of bytes on its way', () => {
    expect(found({ text: 'OK', body: { bytes: 22 } }, { text: 'OK' })).toEqual([]);
  });
  it('a byte order mark', () => {
    expect(found({ text: '{"id":1}' }, { text: '\uFEFF{"id":1}' })).toEqual([]);
  });
});

describe('isSameContent', () => {
  const same = (first: ExchangeInput, again: ExchangeInput, contract: ContractInput = {}) =>
    isSameContent(create(first), create(again), contractSchema.parse(contract));

  it('looks at all members, whatever a replay is compared by', () => {
    const [one, two] = [{ json: { id: 1, status: 'open' } }, { json: { id: 2, status: 'open' } }];
    expect(same(one, two, idempotency({ compare: ['/status'] }))).toBe(false);
    expect(same(one, two, idempotency({ ignore: ['/id'] }))).toBe(true);
    expect(same(one, { json: { status: 'open', id: 1, request_id: 'b' } })).toBe(true);
  });

  it('takes bodies that are no JSON by their text', () => {
    expect(same({ json: undefined }, { json: undefined })).toBe(true);
    expect(same({ text: 'OK' }, { text: 'OK' })).toBe(true);
    expect(same({ text: 'OK' }, { text: 'done' })).toBe(false);
    expect(same({ text: 'OK' }, { json: 'OK' })).toBe(false);
  });

  it('tells answers apart that point elsewhere', () => {
    const at = (location: string): ExchangeInput => ({ headers: { Location: location } });
    expect(same(at('/v1/orders/1'), at('https://api.example.com/v1/orders/1'))).toBe(true);
    expect(same(at('/v1/orders/1'), at('/v1/orders/2'))).toBe(false);
  });
});
