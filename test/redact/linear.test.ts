import { expect, it } from 'vitest';
import { filled, SECRETS, UNITS } from '../../src/dev/bench-redact.js';
import { createRedactor } from '../../src/evidence/redact.js';

const LENGTH = 24 * 1024;
const TRIES = 6;
// A square takes four times as long for twice the text; what takes less than this is not worth measuring.
const MOST_FOR_TWICE = 3;
const SHORT_MS = 40;

const { redact } = createRedactor(SECRETS);

function spentMs(text: string): number {
  const before = process.cpuUsage();
  redact(text);
  return process.cpuUsage(before).user / 1000;
}

it.each(UNITS)('twice as much of %j takes about twice as long', (unit) => {
  const [half, whole] = [filled(unit, LENGTH), filled(unit, 2 * LENGTH)];
  let [once, twice] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let tried = 0; tried < TRIES; tried += 1) {
    once = Math.min(once, spentMs(half));
    twice = Math.min(twice, spentMs(whole));
    if (twice < SHORT_MS || twice < MOST_FOR_TWICE * once) return;
  }
  expect(twice / once).toBeLessThan(MOST_FOR_TWICE);
});
