import { askLater, deferredCalls } from '../deferred.js';
import { defineProbe } from '../define.js';
import { KEYED_CREATE } from '../writing.js';

export default defineProbe({
  key: 'endpoint.remembered-key',
  says: 'asking for an idempotency key of an earlier run, inside its window',
  after: ['endpoint.authenticated'],
  settings: [...KEYED_CREATE, 'contract.idempotency.windowMs'],
  calls: (api) => deferredCalls(api, 'remembers'),
  run: (context) => askLater(context, 'remembers'),
});
