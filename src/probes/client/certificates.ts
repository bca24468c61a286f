import { scenario } from '../../lanes/scenario.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.certificates',
  says: 'showing your client certificates that it must refuse',
  after: ['client.control'],
  runs: 3,
  missing(target, client) {
    if (client.intercept === undefined) return 'client.intercept: proxy, so that its TLS can be ended here';
    return target.config.endpoint?.url.startsWith('https:') === true ? null : 'an https:// address in endpoint.url';
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
