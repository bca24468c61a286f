import { describe, expect, it } from 'vitest';
import { shapeOf, valuesIn } from '../../src/receiver/log-lines.js';
import { exchange } from '../helpers/exchange.js';

const delivery = (id: string, status: number) =>
  exchange({
    id,
    method: 'POST',
    status,
    headers: { 'webhook-id': id },
    sent: { id, data: { order: `order-of-${id}` }, type: 'paid' },
  });
const GOOD = delivery('msg_abcdefgh', 204);
const FORGED = delivery('msg_ijklmnop', 401);
const good = (line: string) => shapeOf(line, GOOD, valuesIn(GOOD));
const forged = (line: string) => shapeOf(line, FORGED, valuesIn(FORGED));

describe('lines of a log', () => {
  it.each([
    ['ids of letters alone', 'took msg_abcdefgh', 'took msg_ijklmnop'],
    ['values of the body', 'booked order-of-msg_abcdefgh', 'booked order-of-msg_ijklmnop'],
    ['times and figures', '2026-01-02T03:04:05.678Z took 12 ms', '2026-11-30T13:14:15.001Z took 4 ms'],
    ['ids of requests', 'req 7f3a-bc POST /hooks', 'req 09dd-ef POST /hooks'],
  ])('are alike but for %s', (_, one, other) => {
    expect(good(one)).toBe(forged(other));
  });

  it('differ by their words, and by the status that was answered', () => {
    expect(good('took msg_abcdefgh')).not.toBe(forged('refused msg_ijklmnop'));
    expect(good('POST /hooks 204 3 ms')).not.toBe(forged('POST /hooks 401 3 ms'));
    expect(good('POST /hooks 3 ms')).toBe(forged('POST /hooks 5 ms'));
  });

  it('keep words that are as short as a value', () => {
    expect(good('paid')).toBe('paid');
  });
});
