import { defineProbe } from '../define.js';

/** Send little, judge much: every recorded exchange serves the checks on all traffic. */
export default defineProbe({
  key: 'endpoint.traffic',
  says: 'reading through all recorded answers',
  after: [],
  last: true,
  calls: () => ({}),
  run: async ({ traffic }) => traffic(),
});
