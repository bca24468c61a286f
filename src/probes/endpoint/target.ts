import { environmentsOfHost, environmentsOfKey } from '../../config/environments.js';
import { defineProbe } from '../define.js';

export default defineProbe({
  key: 'endpoint.target',
  says: 'comparing key and host with the environment',
  after: [],
  calls: () => ({}),
  async run({ api }) {
    const { environments } = api.contract;
    const known = (fact: 'keyPrefixes' | 'hosts') =>
      environments?.sandbox?.[fact] !== undefined || environments?.live?.[fact] !== undefined;
    return {
      environment: api.endpoint.environment,
      host: api.url.hostname,
      keyPrefixOf:
        api.endpoint.key !== undefined && known('keyPrefixes')
          ? environmentsOfKey(api.endpoint.key, api.contract)
          : null,
      hostOf: known('hosts') ? environmentsOfHost(api.url.hostname, api.contract) : null,
      ...(api.url.protocol === 'http:' && { plain: true as const }),
    };
  },
});
