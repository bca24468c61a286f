import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

/** Send little, judge much: every recorded exchange serves the checks on all traffic. */
export default defineProbe({
  key: 'endpoint.traffic',
  says: 'reading through all recorded answers',
  after: [],
  last: true,
  calls: (api) => (api.endpoint.mock ? NO_MOCK : {}),
  run: async ({ traffic }) => traffic(),
});
