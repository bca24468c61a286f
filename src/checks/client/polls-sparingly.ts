import { beyondQuietMs, waitsIn } from '../../evidence/lateness.js';
import { mean, median } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { plural } from '../shared/answers.js';
import { seconds } from '../shared/clients.js';
import { callsTo, shown, withoutWorkload } from '../shared/workloads.js';

// A read that was held up on its way makes the gap after it look shorter.
const TOLERANCE = 0.1;
const FEWEST_GAPS = 2;

export default defineCheck({
  id: 'polls-sparingly',
  kind: 'client',
  topic: 'Rate limits',
  severity: 'minor',
  title: 'It asks for the status no more often than agreed',
  why: 'Eager polling spends the rate limit on answers that say "not yet".',
  fix: 'Wait at least the documented interval between two status reads, or use webhooks.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3.3'],
  bounds: [
    `The time between two reads may be ${TOLERANCE * 100} % shorter than poll.everyMs.`,
    `It takes ${FEWEST_GAPS} such times to tell.`,
  ],
  needs: ['client.polling'],

  judge({ 'client.polling': { runs, reads: name, everyMs } }) {
    const unable = withoutWorkload(runs);
    if (unable !== null) return unable;
    const reads = callsTo(runs, name);
    if (reads.length === 0) return inconclusive('never-asked', 'Your client never read the status.');
    const at = shown(reads);
    const gapsMs = reads
      .slice(1)
      .map((read, index) => read.times.firstByteAtMs - (reads[index]?.times.firstByteAtMs ?? 0));
    if (gapsMs.length < FEWEST_GAPS)
      return inconclusive('too-few', `Only ${plural(reads.length, 'status read')}: too few to measure a rate.`, at);
    // The mean is the rate; the middle one keeps a long last wait from making up for a burst.
    const typicalMs = Math.min(mean(gapsMs), median(gapsMs) ?? 0);
    const noiseMs = Math.max(...runs.map((run) => run.recording.noise.timerLateMaxMs));
    const figures = { expected: `${seconds(everyMs)} apart`, measured: `${seconds(typicalMs)} apart` };
    const story = `${plural(reads.length, 'status read')}, typically ${seconds(typicalMs)} apart`;
    // What the machine adds to each gap makes an eager client look sparing.
    const leastMs = everyMs * (1 - TOLERANCE);
    if (typicalMs - beyondQuietMs(waitsIn(runs).lateness) >= leastMs) return pass('sparing', `${story}.`, at, figures);
    if (typicalMs >= leastMs || typicalMs + noiseMs >= everyMs)
      return inconclusive('noisy', `${story}, but this machine was late by up to ${seconds(noiseMs)}.`, at, figures);
    return fail('eager', `${story}, where ${seconds(everyMs)} are asked for.`, at, figures);
  },
});
