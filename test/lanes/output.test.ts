import { describe, expect, it } from 'vitest';
import { contractSchema } from '../../src/config/schema.js';
import { readOutput } from '../../src/lanes/output.js';
import { samplesOf } from '../../src/proxy/samples.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { gaveUp, lane } from '../helpers/lane.js';

/** What of a 404 with such a body is found in what was printed. */
function named(
  printed: string,
  body = '{"type":"not_found","title":"The request failed: not found."}',
  samples = samplesOf({}),
) {
  const { recording } = lane(gaveUp('404'));
  const attempts = recording.attempts.map((one) =>
    one.answer === null ? one : { ...one, answer: { ...one.answer, body: { ...one.answer.body, text: body } } },
  );
  const output = { text: printed, bytes: printed.length, isCut: false };
  const logged = { text: '', bytes: 0, isCut: false, shared: false };
  return readOutput(output, logged, { ...recording, attempts }, createRedactor([]), samples).namedErrors;
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

  it.each([
    ['a number', { code: 20429 }, '{"code":20429}', 'order failed: 20429', ['20429']],
    ['part of a longer number', { code: 20429 }, '{"code":20429}', 'took 204290 ms', []],
    ['XML', { body: '<Code>No.Such(Key)</Code>' }, '<Code>No.Such(Key)</Code>', 'No.Such(Key)!', ['No.Such(Key)']],
    ['too short to tell anything', { code: 7 }, '{"code":7}', 'order 7 failed', []],
  ])('carries the code of the sample: %s', (_, sample, body, printed, expected) => {
    const samples = samplesOf(contractSchema.parse({ errors: { byStatus: { 404: { sample } } } }));
    expect(named(printed, body, samples)).toEqual(expected);
  });

  it('is not named by a code that it did not carry', () => {
    expect(named('order failed: not_found', '{}')).toEqual([]);
  });
});
