import { lack } from '../../evidence/unlock.js';
import { scenario } from '../../lanes/scenario.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.certificates',
  says: 'showing your client certificates that it must refuse',
  after: ['client.control'],
  settings: ['client.intercept: proxy'],
  runs: 3,
  missing(target, client) {
    if (client.intercept === undefined)
      return lack('client.intercept: proxy, so that its TLS can be ended here', 'client.intercept: proxy');
    return target.config.endpoint?.url.startsWith('https:') === true
      ? null
      : lack('an https:// address in endpoint.url');
  },
  async run(_context, lanes) {
    return {
      runs: await lanes.run([
        scenario('certificate of an unknown authority', null, { certificate: 'untrusted' }),
        scenario('certificate for another host', null, { certificate: 'wrong-name' }),
        scenario('expired certificate', null, { certificate: 'expired' }),
      ]),
    };
  },
});
