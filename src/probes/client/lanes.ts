import { defineClientProbe } from '../define.js';

/** Run little, judge much: what every run sent and printed serves the checks on all of them. */
export default defineClientProbe({
  key: 'client.lanes',
  says: 'reading through all that your client sent and printed',
  after: ['client.control'],
  last: true,
  runs: 0,
  run: async (context) => ({ runs: context.allRuns() }),
});
