import { lastingFault } from '../../lanes/lasting.js';
import { step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

/** Begins at once: it lasts longest, and most clients retry a 503. */
export default defineClientProbe({
  key: 'client.server-outage',
  says: 'answering every call of your client with 503',
  after: ['client.control'],
  runs: 5,
  repeats: 4,
  run: async ({ client }, lanes) => ({
    runs: await lastingFault('503', step('status', { status: 503 }, null), client, lanes),
  }),
});
