import { isLack, type Lack, lack } from '../../evidence/unlock.js';
import type { Api } from '../api.js';
import type { Calls, Payload } from '../call.js';
import { defineProbe } from '../define.js';
import { createCall } from '../writing.js';

const USUAL_BODY_BYTES = 1024 * 1024;
/** What is sent at most. */
const LARGEST_BODY_BYTES = 2 * USUAL_BODY_BYTES;
// Nobody reads this, so nothing is created.
const UNKNOWN_TYPE: Payload = { text: 'golive-check', contentType: 'application/x-golive-check' };

export default defineProbe({
  key: 'endpoint.provoked-writes',
  says: 'creating with bodies that are refused',
  after: ['endpoint.authenticated'],
  settings: ['endpoint.operations.create'],
  calls(api) {
    // A live API is spared them, also where it may be written to.
    if (api.live) return lack('a sandbox (endpoint.environment)');
    const calls = callsOf(api);
    return !isLack(calls) && Object.keys(calls).length === 0
      ? lack('endpoint.provoke with 413 or 415', 'endpoint.provoke')
      : calls;
  },
  async run({ api, send, fresh, freshKey }) {
    const labels = Object.keys(callsOf(api));
    const sending = labels.map((label) => send(label, { unique: fresh(), key: freshKey(), whatever: true }));
    return { calls: await Promise.all(sending) };
  },
});

function callsOf(api: Api): Calls | Lack {
  const create = createCall(api, { expected: [] });
  if (isLack(create)) return create;
  if (create.payload === null)
    return lack('endpoint.operations.create.body (or form)', [
      'endpoint.operations.create.body',
      'endpoint.operations.create.form',
    ]);
  const { provoke } = api.endpoint;
  const padTo = (api.contract.maxBodyBytes ?? USUAL_BODY_BYTES) + 1;
  return {
    ...(provoke.includes(415) && { 'unknown media type': { ...create, payload: UNKNOWN_TYPE, provokes: 415 } }),
    ...(provoke.includes(413) &&
      padTo <= LARGEST_BODY_BYTES && {
        'large body': { ...create, payload: beginningOf(create.payload), provokes: 413, padTo },
      }),
  };
}

/** Of a body that is filled up: JSON that never ends, or a form without any member that is asked for. */
function beginningOf(payload: Payload): Payload {
  return 'form' in payload
    ? { text: 'padding=', contentType: 'application/x-www-form-urlencoded' }
    : { text: '{"padding":"', contentType: 'application/json' };
}
