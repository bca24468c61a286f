import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

// First of all: each attempt lasts as long as the client's time-out.
const EXPECTED_MS = 80_000;

export default defineClientProbe({
  key: 'client.hang',
  says: 'leaving calls of your client without an answer',
  after: ['client.control'],
  runs: 2,
  async run(_context, lanes) {
    const silent = scenario('no answer', scriptOf(step('hang', {}, null)), { expectedMs: EXPECTED_MS });
    const started = scenario('headers, then silence', scriptOf(step('hang', { mode: 'headers-then-silence' }, null)), {
      expectedMs: EXPECTED_MS,
    });
    return { runs: await lanes.run([silent, started]) };
  },
});
