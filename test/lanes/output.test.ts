import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/evidence/redact.js';
import { readOutput } from '../../src/lanes/output.js';
import { gaveUp, lane } from '../helpers/lane.js';

/** What of a 404 with such a body is found in what was printed. */
function named(printed: string, body = '{"type":"not_found","title":"The request failed: not found."}') {
  const { recording } = lane(gaveUp('404'));
  const attempts = recording.attempts.map((one) =>
    one.answer === null ? one : { ...one, answer: { ...one.answer, body: { ...one.answer.body, text: body } } },
  );
  const output = { text: printed, bytes: printed.length, isCut: false };
  const logged = { text: '', bytes: 0, isCut: false, shared: false };
  return readOutput(output, logged, { ...recording, attempts }, createRedactor([])).namedErrors;
}

it('is said to be cut also where a log file was', () => {
  const none = { text: '', bytes: 0, isCut: false };
  const facts = readOutput(none, { ...none, isCut: true, shared: false }, lane().recording, createRedactor([]));
  expect(facts.outputCut).toBe(true);
});

describe('a failed answer in the output', () => {
  it.each([
    ['order failed: HTTP 404', ['404']],
    ['{"status":404}', ['404']],
    ['order failed: not_found', ['not_found']],
    ['{"code":"not_found","status":404}', ['404', 'not_found']],
    ['took 14043 ms', []],
    ['order failed: if_not_found_then', []],
    ['order failed', []],
  ])('%s: %j', (printed, expected) => expect(named(printed)).toEqual(expected));

  it('is not named by a code that it did not carry', () => {
    expect(named('order failed: not_found', '{}')).toEqual([]);
  });
});
