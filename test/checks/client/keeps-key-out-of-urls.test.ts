import check from '../../../src/checks/client/keeps-key-out-of-urls.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, facts, runs } from '../../helpers/lane.js';

const evidence = (found: Parameters<typeof control>[0] = {}, hasKey = true) => ({
  'client.facts': facts({ hasKey }),
  'client.lanes': control(found),
});
const inUrl = { secret: 'endpoint.key', encoding: 'plain', where: 'url', name: null } as const;

judgeCases(check, {
  'no-key': [{ outcome: 'not-applicable', evidence: evidence({}, false) }],
  kept: [
    { outcome: 'pass', evidence: evidence(), says: /2 URLs/ },
    {
      outcome: 'pass',
      evidence: evidence({ found: [{ ...inUrl, where: 'header', name: 'authorization' }] }),
      name: 'in a header',
    },
  ],
  'in-url': [
    {
      outcome: 'fail',
      evidence: {
        'client.facts': facts(),
        'client.lanes': runs({ label: 'redirect', attempts: [{ status: 307 }], elsewhere: [{ found: [inUrl] }] }),
      },
      name: 'where a redirect points',
    },
    {
      outcome: 'fail',
      evidence: evidence({ found: [inUrl], logical: null }),
      name: 'of a call that never arrived whole',
    },
    { outcome: 'fail', evidence: evidence({ found: [inUrl], url: '/v1/orders?key=[secret:endpoint.key]' }) },
    { outcome: 'fail', evidence: evidence({ found: [{ ...inUrl, encoding: 'base64' }] }), name: 'encoded' },
  ],
});
