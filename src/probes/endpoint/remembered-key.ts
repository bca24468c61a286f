import { askLater, deferredCalls } from '../deferred.js';
import { defineProbe } from '../define.js';

export default defineProbe({
  key: 'endpoint.remembered-key',
  says: 'asking for an idempotency key of an earlier run, inside its window',
  after: ['endpoint.authenticated'],
  calls: (api) => deferredCalls(api, 'remembers'),
  run: (context) => askLater(context, 'remembers'),
});
