import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getPointer } from '../../src/evidence/pointer.js';
import type { Sample } from '../../src/webhook/delivery.js';
import { aMinuteBefore, eventOf, filledEvent, freshId, nextDelivery, otherId } from '../../src/webhook/event.js';
import { TAMPERED } from '../../src/webhook/vectors/attacks.js';
import { FORMS, LARGE, VALID } from '../../src/webhook/vectors/good.js';
import { deliveriesOf, VECTORS } from '../../src/webhook/vectors.js';
import { EVENT, schemeFrom } from './receivers.js';

const byPointer = schemeFrom({ scheme: 'hmac-hex', header: 'x', id: '/data/id', type: '/kind' });
const sample = (event: Sample['event'], more: Partial<Sample> = {}): Sample => ({
  id: 'evt_42',
  nowMs: 1_764_500_000_000,
  event,
  url: 'http://127.0.0.1/hooks',
  secrets: ['plain secret'],
  ...more,
});

describe('an event', () => {
  it('has its id and type where the scheme has them, and nowhere else', () => {
    const event = { kind: 'a', data: { id: 'b', x: 1 } };
    expect(eventOf(byPointer, sample(event))).toEqual({ kind: 'a', data: { id: 'evt_42', x: 1 } });
    expect(eventOf(byPointer, sample(event, { type: 'c' }))).toEqual({ kind: 'c', data: { id: 'evt_42', x: 1 } });
    expect(eventOf(byPointer, sample({ data: { id: 7 } }, { id: '12' }))).toEqual({ data: { id: 12 } });
    expect(eventOf(schemeFrom({ scheme: 'github' }), sample(event, { type: 'c' }))).toEqual(event);
  });

  it.each([
    ['evt_1NG8Du2eZvKYlo2C', /^evt_[1-9][A-Z]{2}\d[A-Z][a-z]\d[a-z][A-Z][a-z][A-Z]{2}[a-z]{2}\d[A-Z]$/],
    ['1f81eb52-5198-4599-803e-771906343485', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/],
    [5, /^[1-9]\d{8}$/],
    ['A-1', /^A-[1-9]\d{8}$/],
    ['ab', /^[a-z]{9}$/],
    ['', /^evt_[1-9]\d{15}$/],
    [undefined, /^evt_[1-9]\d{15}$/],
  ])('gets fresh ids of the form that the sample has: %j', (id, form) => {
    const made = Array.from({ length: 100 }, (_, at) => freshId(byPointer, { data: { id } }, `seed ${at}`));
    for (const one of made) expect(one).toMatch(form);
    expect(new Set(made).size).toBe(100);
    expect(freshId(byPointer, { data: { id } }, 'seed 0')).toBe(made[0]);
  });

  it.each([
    ['standard', /^msg_[1-9][a-z]{8}[A-Z][a-z]{6}\d[a-z]{5}[A-Z][a-z]{4}$/],
    ['github', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/],
    ['stripe', /^evt_[1-9]\d{15}$/],
  ] as const)('gets ids as %s writes them', (scheme, form) =>
    expect(freshId(schemeFrom({ scheme }), {}, 'seed')).toMatch(form));

  it.each([
    ['evt_7Qd2', 'evt_8Qd2'],
    ['9', '8'],
    ['msg-0f', 'msg-1f'],
    ['f-F', 'f-E'],
    ['--', '--2'],
  ])('has another id of the same form: %s', (id, other) => expect(otherId(id)).toBe(other));

  it('differs from delivery to delivery in what changes', () => {
    const event = { n: 1, text: '2', at: '2026-01-02T03:04:05Z', flag: true, word: 'abc', kept: 1 };
    const changing = ['/n', '/text', '/at', '/flag', '/word', '/new'];
    expect(nextDelivery({ ...byPointer, changing }, event)).toEqual({
      n: 2,
      text: '3',
      at: '2026-01-02T03:05:05.000Z',
      flag: false,
      word: 'bbc',
      new: 1,
      kept: 1,
    });
  });

  it('says that it happened earlier, in the form in which it says it', () => {
    expect(aMinuteBefore({ created: 1_764_500_000 })).toEqual({ created: 1_764_499_940 });
    expect(aMinuteBefore({ timestamp: 1_764_500_000_000 })).toEqual({ timestamp: 1_764_499_940_000 });
    expect(aMinuteBefore({ time: '2026-01-02T00:00:05+00:00' })).toEqual({ time: '2026-01-01T23:59:05.000Z' });
    expect(aMinuteBefore({ created: 5, time: 'noon' })).toEqual({ created: 5, time: 'noon' });
  });

  it('is filled with a value of the form that it asks for', () => {
    expect(filledEvent({ a: '{{unique}}', b: ['x {{unique}}', '{{other}}'] }, 'u1')).toEqual({
      a: 'u1',
      b: ['x u1', '{{other}}'],
    });
    expect(filledEvent({ a: '{{unique:number}}' }, 'glc-0123456789-000001').a).toBeGreaterThan(1e8);
  });
});

describe('whatever the sample holds', () => {
  const SAME = ['odd-spacing', 'other-member-order', 'escaped-characters', 'trailing-newline'];
  const scheme = schemeFrom({ scheme: 'stripe' });
  const events = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
  const withMembers = (event: Sample['event']): Sample['event'] => ({ ...EVENT, ...event });

  it('bodies are JSON of what the vector says, and one byte is one byte', () => {
    fc.assert(
      fc.property(events, (odd) => {
        const made = sample(withMembers(JSON.parse(JSON.stringify(odd)) as Sample['event']));
        const valid = JSON.stringify(eventOf(scheme, made));
        for (const vector of [...FORMS, ...TAMPERED]) {
          for (const { body } of deliveriesOf(vector, scheme, made)) {
            if (body === null) continue;
            const said: unknown = JSON.parse(body);
            expect(getPointer(said, '/id')).toBe(vector.id === 'other-id' ? 'evt_52' : 'evt_42');
            if (SAME.includes(vector.id)) {
              expect(said).toEqual(JSON.parse(valid));
              expect(body, vector.id).not.toBe(valid);
            }
            if (vector.id === 'one-byte-changed') {
              const [before, after] = [Buffer.from(valid), Buffer.from(body)];
              expect(after.length).toBe(before.length);
              expect([...after].filter((byte, at) => byte !== before[at])).toHaveLength(1);
            }
          }
        }
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  it('an empty one too', () => {
    const bare = schemeFrom({ scheme: 'hmac-hex', header: 'x' }, {});
    for (const vector of VECTORS)
      for (const { body } of deliveriesOf(vector, bare, sample({})))
        if (body !== null && vector.id !== 'one-byte-changed') JSON.parse(body);
    const sizes = deliveriesOf(LARGE[0] ?? VALID, bare, sample({}));
    expect(sizes.map(({ body }) => Buffer.byteLength(body ?? ''))).toEqual([1024 * 1024]);
  });
});
