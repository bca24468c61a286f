import check from '../../../src/checks/client/uses-https-only.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { type AttemptInput, facts, runs } from '../../helpers/lane.js';

// Whom the attempts of the helper mean.
const host = '127.0.0.1';
const evidence = (attempts: readonly AttemptInput[], intercepted = { host, secure: true }) => ({
  'client.facts': facts({ intercepted }),
  'client.lanes': runs({ attempts }, { attempts: [{ scheme: 'https' }], repeat: 2 }),
});

judgeCases(check, {
  'not-intercepted': [
    { outcome: 'not-applicable', evidence: { 'client.facts': facts(), 'client.lanes': runs({}) }, says: /intercept/ },
  ],
  'plain-endpoint': [
    { outcome: 'not-applicable', evidence: evidence([{}], { host, secure: false }), says: /endpoint\.url/ },
  ],
  'no-calls': [
    {
      outcome: 'inconclusive',
      evidence: {
        'client.facts': facts({ intercepted: { host, secure: true } }),
        'client.lanes': runs({ attempts: [] }),
      },
    },
    {
      outcome: 'inconclusive',
      evidence: evidence([{}], { host: 'api.example.com', secure: true }),
      name: 'calls to another host alone, such as the proxy itself',
    },
  ],
  plain: [
    { outcome: 'fail', evidence: evidence([{ url: 'http://api.example.com/v1/orders?a=1' }]), says: /1 of 2 calls/ },
    {
      outcome: 'fail',
      evidence: evidence([{ scheme: 'https', status: 503 }, { method: 'GET' }]),
      says: /GET/,
      name: 'one retry among calls by https',
    },
    { outcome: 'fail', evidence: evidence([{ target: false }]), name: 'another call to the same host' },
    {
      outcome: 'fail',
      evidence: evidence([{ authority: 'API.example.com' }], { host: 'api.example.com', secure: true }),
      name: 'the host in capitals, without a port',
    },
    {
      outcome: 'fail',
      evidence: evidence([{ authority: '[::1]:80' }], { host: '[::1]', secure: true }),
      name: 'an IPv6 address',
    },
    { outcome: 'fail', evidence: evidence([{ logical: null }]), name: 'a request that was never whole' },
  ],
  encrypted: [
    { outcome: 'pass', evidence: evidence([{ scheme: 'https' }]), says: /All 2 calls to 127\.0\.0\.1/ },
    { outcome: 'pass', evidence: evidence([{ method: '', logical: null }]), name: 'bytes that were no request' },
  ],
});
