import { isLack, without } from '../../evidence/unlock.js';
import { withoutKeys } from '../api.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.restricted-key',
  says: 'calling what a restricted key must not call',
  after: ['endpoint.authenticated'],
  settings: ['endpoint.restrictedKey'],
  calls(api) {
    const { call, contract, endpoint } = api;
    const noKeys = withoutKeys(api);
    if (noKeys !== null) return noKeys;
    if (endpoint.mock) return NO_MOCK;
    if (endpoint.restrictedKey === undefined) return without('endpoint.restrictedKey');
    const allowed = call(endpoint.inScope, { credential: 'restricted' });
    if (isLack(allowed)) return allowed;
    const forbidden = call(endpoint.outOfScope, { credential: 'restricted', expected: contract.auth.outOfScope });
    return isLack(forbidden) ? forbidden : { allowed, forbidden };
  },
  async run({ send, fresh, freshKey }) {
    // A key that is refused everywhere would prove nothing about its scope.
    const allowed = await send('allowed', { unique: fresh(), key: freshKey() });
    return { allowed, forbidden: await send('forbidden', { unique: fresh(), key: freshKey() }) };
  },
});
