import { askLater, deferredCalls } from '../deferred.js';
import { defineProbe } from '../define.js';
import { KEYED_CREATE } from '../writing.js';

export default defineProbe({
  key: 'endpoint.expired-key',
  says: 'asking for an idempotency key of an earlier run, after its window',
  after: ['endpoint.authenticated'],
  settings: [...KEYED_CREATE, 'contract.idempotency.windowMs'],
  calls: (api) => deferredCalls(api, 'forgets'),
  run: (context) => askLater(context, 'forgets'),
});
