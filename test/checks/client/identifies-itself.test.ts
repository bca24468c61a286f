import check from '../../../src/checks/client/identifies-itself.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { callsIn, runs } from '../../helpers/lane.js';

const agent = (name: string) => callsIn(runs({ attempts: [{ headers: [['user-agent', name]] }] }));

judgeCases(check, {
  named: [
    { outcome: 'pass', evidence: agent('acme-orders/1.4 (+https://acme.example)'), says: /acme-orders/ },
    { outcome: 'pass', evidence: agent('acme/2 axios/1.7'), name: 'its own name before the library' },
    { outcome: 'pass', evidence: agent('python/3.12 acme-orders/2'), name: 'its own name behind the language' },
    { outcome: 'pass', evidence: agent('gotham/1.0'), name: 'begins like a library, and is none' },
  ],
  library: [
    {
      outcome: 'fail',
      evidence: callsIn(runs({ attempts: [{ headers: [['User-Agent', 'acme/2']] }] }), {
        label: '503',
        attempts: [{ headers: [['User-Agent', 'acme/2']] }, { headers: [['User-Agent', 'curl/8.5']] }],
      }),
      says: /curl/,
      name: 'on a repeat',
    },
    { outcome: 'fail', evidence: callsIn(runs({})), says: /No User-Agent/ },
    { outcome: 'fail', evidence: agent('node') },
    {
      outcome: 'fail',
      evidence: agent('axios/1.7.2'),
      says: /axios\/1\.7\.2\.$/,
      figures: { measured: 'axios/1.7.2' },
    },
    { outcome: 'fail', evidence: agent('python-requests/2.32') },
    { outcome: 'fail', evidence: agent('Go-http-client/1.1'), name: 'in other case' },
    { outcome: 'fail', evidence: agent(''), name: 'empty' },
    ...[
      'python-urllib3/2.2.1',
      'Python/3.11 aiohttp/3.9.5',
      'HTTP-Tiny/0.080',
      'minipass-fetch/4.0.1 (+https://github.com/npm/minipass-fetch)',
      'octokit-core.js/7.0.2 Node.js/20',
      'http.rb/5.2.0',
    ].map((name) => ({ outcome: 'fail' as const, evidence: agent(name), name })),
  ],
  'no-calls': [{ outcome: 'inconclusive', evidence: callsIn(runs({ attempts: [{ logical: null }] })) }],
});
