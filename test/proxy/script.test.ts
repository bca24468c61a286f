import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { ok, readScript, scriptOf, step } from '../../src/proxy/arm.js';
import { createRandom } from '../../src/proxy/random.js';
import { stepFor } from '../../src/proxy/script.js';

const plan = (text: string, attempts = 5) =>
  Array.from({ length: attempts }, (_, at) => {
    const fault = stepFor(readScript(text), at + 1)?.fault;
    return fault == null ? 'ok' : fault.id === 'status' ? (fault.params as { status: number }).status : fault.id;
  });

describe('a script', () => {
  it.each([
    ['503x2,ok', [503, 503, 'ok', 'ok', 'ok']],
    ['429(retry-after=2)x1,503,ok', [429, 503, 'ok', 'ok', 'ok']],
    ['hang', ['hang', 'hang', 'hang', 'hang', 'hang']],
    [' lost-response x 2 , okx1 ,503x*', ['lost-response', 'lost-response', 'ok', 503, 503]],
    ['hangx2,okx2,hang(headers-then-silence)', ['hang', 'hang', 'ok', 'ok', 'hang']],
    ['ok', ['ok', 'ok', 'ok', 'ok', 'ok']],
  ])('%s', (text, expected) => expect(plan(text)).toEqual(expected));

  it.each([
    ['429(retry-after=2, x-b=c d)', { status: 429, headers: { 'Retry-After': '2', 'X-B': 'c d' } }],
    [`503(body='{"a":[1,"it\\'s"]}', code=busy)`, { status: 503, headers: {}, body: { a: [1, "it's"] }, code: 'busy' }],
    ['status(500, body="a, (b)")', { status: 500, headers: {}, body: 'a, (b)' }],
    ['429(retry-after-date=3)', { status: 429, headers: {}, retryAfterDate: 3 }],
    ['delay(2s)', { ms: 2000 }],
    ['delay(ms=150ms)', { ms: 150 }],
    ['slow-body(1.5s, pieces=4)', { ms: 1500, pieces: 4 }],
    ['unknown-fields(/status, reorder=false)', { enums: ['/status'], members: 2, reorder: false }],
  ])('%s has its parameters', (text, params) => {
    expect(readScript(text).steps[0]?.fault?.params).toEqual(params);
  });

  it.each([
    ['', 1, /a step is missing/],
    ['503,', 5, /a step is missing/],
    ['503 ok', 5, /expected a comma, found "o"/],
    ['503x2,hagn', 7, /unknown fault "hagn"; did you mean "hang"\?/],
    ['okk', 1, /did you mean "(?!ok")/],
    ['lost-respones', 1, /did you mean "lost-response"\?/],
    ['503x0', 4, /0 times/],
    ['503x', 4, /a number or \* must follow x/],
    ['503x*,ok', 1, /step 1 repeats for ever/],
    ['delay(1s', 6, /bracket is not closed/],
    ['delay(mss=3)', 7, /no parameter "mss"; did you mean "ms"\?/],
    ['delay(1s, 2s)', 11, /takes no further parameter/],
    ['delay(soon)', 1, /delay \(ms\): .*expected number/i],
    ['delay', 1, /delay \(ms\)/],
    ['reset-before(now=1)', 14, /it has none/],
    ['ok(1)', 3, /ok takes no parameters/],
    ['999', 1, /999 \(status\)/],
    [`503(body='x)`, 10, /quote is not closed/],
    ['503(retry-after=)', 17, /a value is missing/],
    ['!', 1, /expected a fault, found "!"/],
  ])('%s is refused with its position', (text, position, message) => {
    expect(() => readScript(text)).toThrow(UserError);
    expect(() => readScript(text)).toThrow(message);
    expect(() => readScript(text)).toThrow(`Script, position ${position}: `);
  });

  it('can be built, and its text reads back', () => {
    const built = scriptOf(
      step('status', { status: 429, headers: { 'Retry-After': '2' } }, 2),
      step('delay', { ms: 10 }),
      ok,
    );
    const read = readScript(built.text);
    const facts = (script: typeof built) =>
      script.steps.map(({ fault, times }) => [fault?.id, fault?.params, fault === null ? null : times]);
    expect(facts(read)).toEqual(facts(built));
  });
});

describe('random streams', () => {
  it('repeat by seed and name, and do not disturb one another', () => {
    const draw = (seed: number, name: string) => {
      const streams = createRandom(seed);
      streams.stream('another').bytes(9);
      return streams.stream(name).hex(24);
    };
    expect(draw(1, 'a')).toBe(createRandom(1).stream('a').hex(24));
    expect(new Set([draw(1, 'a'), draw(2, 'a'), draw(1, 'b')]).size).toBe(3);
  });

  it('are even enough', () => {
    const random = createRandom(7).stream('even');
    const counts = Array<number>(10).fill(0);
    for (let at = 0; at < 20_000; at++) {
      const drawn = random.integer(0, 9);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(1_800);
    expect(Math.max(...counts)).toBeLessThan(2_200);
    expect(random.next()).toBeLessThan(1);
  });
});
