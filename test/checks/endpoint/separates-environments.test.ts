import check from '../../../src/checks/endpoint/separates-environments.js';
import type { TargetEvidence } from '../../../src/evidence/map.js';
import { FAILED_CONTROL, read } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (target: Partial<TargetEvidence>, control = read()) => ({
  'endpoint.target': {
    environment: 'sandbox',
    host: 'sandbox.example.com',
    keyPrefixOf: null,
    hostOf: null,
    ...target,
  } as const,
  'endpoint.authenticated': control,
});
const facts = { environments: { sandbox: { keyPrefixes: ['sk_test_'] } } };
const shown = { environments: { shownAt: '/livemode', sandbox: { shown: false }, live: { shown: true } } };

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: evidence({}) }],
  unknown: [
    { outcome: 'inconclusive', evidence: evidence({ keyPrefixOf: [], hostOf: [] }), contract: facts, says: /^Neither/ },
    {
      outcome: 'inconclusive',
      evidence: evidence({ environment: 'live' }),
      contract: { environments: { shownAt: '/livemode', sandbox: { shown: false } } },
      name: 'nothing is promised of this environment',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({}),
      contract: { environments: { sandbox: { shown: false } } },
      name: 'where it is shown is not said',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ hostOf: ['sandbox', 'live'] }),
      contract: facts,
      says: /serves both/,
      name: 'one host for both',
    },
  ],
  agrees: [
    {
      outcome: 'pass',
      evidence: evidence({ keyPrefixOf: ['sandbox'] }),
      contract: facts,
      says: /key begins like a sandbox key/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ hostOf: ['sandbox'], keyPrefixOf: [] }),
      contract: facts,
      says: /sandbox host/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ hostOf: ['sandbox', 'live'], keyPrefixOf: ['sandbox'] }),
      contract: facts,
      name: 'one host for both, and the key tells',
    },
    {
      outcome: 'pass',
      evidence: evidence({}, read({ json: { livemode: false } })),
      contract: shown,
      says: /livemode = false/,
    },
    {
      outcome: 'pass',
      evidence: evidence({ environment: 'live', keyPrefixOf: ['live'] }, read({ json: { livemode: true } })),
      contract: shown,
      name: 'live, by two facts',
    },
    {
      outcome: 'pass',
      evidence: evidence({}, read({ json: { env: { name: 'test', tier: 1 } } })),
      contract: { environments: { shownAt: '/env', sandbox: { shown: { tier: 1, name: 'test' } } } },
      name: 'shown as an object',
    },
  ],
  'other-host': [
    { outcome: 'fail', evidence: evidence({ hostOf: ['live'] }), contract: facts, says: /is a live host/ },
    {
      outcome: 'fail',
      evidence: evidence({ hostOf: ['live'], keyPrefixOf: ['sandbox'] }, FAILED_CONTROL),
      contract: facts,
      name: 'a sandbox key against production',
    },
  ],
  'other-key': [
    {
      outcome: 'fail',
      evidence: evidence({ keyPrefixOf: ['live'], hostOf: ['sandbox'] }),
      contract: facts,
      says: /begins like a live key/,
    },
  ],
  'other-environment': [
    {
      outcome: 'fail',
      evidence: evidence({}, read({ json: { livemode: true } })),
      contract: shown,
      says: /true at \/livemode/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ hostOf: ['sandbox'] }, read({ json: {} })),
      contract: shown,
      says: /says nothing at \/livemode/,
      name: 'nothing is shown',
    },
    {
      outcome: 'fail',
      evidence: evidence({}, read({ json: { livemode: 'false' } })),
      contract: shown,
      name: 'a word is no boolean',
    },
  ],
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence({}, FAILED_CONTROL), contract: shown }],
});
