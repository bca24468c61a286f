import { isLack, lack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

export default defineProbe({
  key: 'endpoint.absent-version',
  says: 'reading without a version',
  after: ['endpoint.authenticated'],
  settings: ['contract.version.name'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    if (!['header', 'query'].includes(api.contract.version?.in ?? 'none'))
      return lack('contract.version with a name in header or query', 'contract.version.name');
    const read = api.call('read', { version: 'absent' });
    if (isLack(read)) return read;
    const [one, other] = api.contract.version?.differs?.values ?? [];
    if (one === undefined || other === undefined) return { call: read };
    const first = { ...read, version: { value: one } };
    return { call: read, first, again: first, other: { ...read, version: { value: other } } };
  },
  async run({ api, send }) {
    const call = await send('call');
    if (api.contract.version?.differs === undefined) return { call };
    const whatever = { whatever: true };
    const first = await send('first', whatever);
    const other = await send('other', whatever);
    // A member that moves by itself tells no version from another.
    return { call, differs: { first, again: await send('again', whatever), other } };
  },
});
