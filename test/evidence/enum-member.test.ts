import { describe, expect, it } from 'vitest';
import { enumMemberOf } from '../../src/evidence/enum-member.js';

const of = (answer: unknown, beside: { sent?: unknown; polled?: string; schema?: unknown } = {}) =>
  enumMemberOf(answer, { sent: beside.sent, polled: beside.polled, schema: beside.schema });

describe('the member of an enumeration', () => {
  it('is a status or a kind with one word for a value', () => {
    expect(of({ id: 'ord_1', status: 'accepted' })).toEqual({ pointer: '/status', known: 'accepted', decides: false });
    expect(of({ order: { paymentMethod: 'CARD' } })).toMatchObject({ pointer: '/order/paymentMethod' });
    expect(of({ payment_type: 'card', order_state: 'open' })).toMatchObject({ pointer: '/order_state' });
    expect(of({ 'a/b_type': 'card' })).toMatchObject({ pointer: '/a~1b_type' });
  });

  it('is none where no value looks so', () => {
    for (const answer of [
      undefined,
      'accepted',
      [],
      { id: 'abc' },
      { status: 7 },
      { status: 'It was accepted.' },
      { type: 'T-1000' },
    ])
      expect(of(answer)).toBeNull();
  });

  it('decides where it says how far the work is, and is taken last', () => {
    expect(of({ status: 'COMPLETED' })).toMatchObject({ decides: true });
    expect(of({ status: 'in_progress', type: 'card' })).toEqual({ pointer: '/type', known: 'card', decides: false });
  });

  it('is neither the status that is polled nor an echo of what was sent', () => {
    expect(of({ status: 'open' }, { polled: '/status' })).toBeNull();
    expect(of({ type: 'card' }, { sent: { type: 'card' } })).toBeNull();
  });

  it('is one that the schema lists', () => {
    const schema = { properties: { size: { enum: ['small', 'large'] } } };
    expect(of({ size: 'large' }, { schema })).toMatchObject({ pointer: '/size' });
    expect(of({ size: 'huge' }, { schema })).toBeNull();
  });
});
