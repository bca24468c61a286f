import { askLater, deferredCalls } from '../deferred.js';
import { defineProbe } from '../define.js';

export default defineProbe({
  key: 'endpoint.expired-key',
  says: 'asking for an idempotency key of an earlier run, after its window',
  after: ['endpoint.authenticated'],
  calls: (api) => deferredCalls(api, 'forgets'),
  run: (context) => askLater(context, 'forgets'),
});
