import { expect, it } from 'vitest';
import { createWaits } from '../../src/lanes/waits.js';

it('says what a run of the client waits for, until it comes back or ends', () => {
  let changes = 0;
  const waits = createWaits(() => {
    changes += 1;
  });
  const [one, other] = [waits.begin(), waits.begin()];
  one.saw({ what: 'arrived', retryAfter: undefined });
  expect([waits.now(), changes]).toEqual([[], 0]);
  one.saw({ what: 'ended', retryAfter: '3' });
  other.saw({ what: 'ended', retryAfter: '3600' });
  expect(waits.now()).toEqual([
    'waiting 3 s: your client was told Retry-After: 3',
    'waiting: your client was told Retry-After: 3600',
  ]);
  one.saw({ what: 'arrived', retryAfter: undefined });
  other.over();
  expect([waits.now(), changes]).toEqual([[], 4]);
});

it('says once what several wait for', () => {
  const waits = createWaits(() => undefined);
  for (const run of [waits.begin(), waits.begin()]) run.saw({ what: 'ended', retryAfter: '1' });
  expect(waits.now()).toEqual(['waiting 1 s: your client was told Retry-After: 1']);
});

it('tells first of what ends first, and of a date how far off it is', () => {
  const nowMs = Date.parse('Mon, 30 Nov 2026 19:00:00 GMT');
  const waits = createWaits(
    () => undefined,
    () => nowMs,
  );
  for (const retryAfter of ['3600', 'Mon, 30 Nov 2026 19:00:04 GMT', '2', 'soon'])
    waits.begin().saw({ what: 'ended', retryAfter });
  expect(waits.now()).toEqual([
    'waiting 2 s: your client was told Retry-After: 2',
    'waiting 4 s: your client was told Retry-After: a date',
    'waiting: your client was told Retry-After: 3600',
    'waiting: your client was told Retry-After: a date',
  ]);
});
