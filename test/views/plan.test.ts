import { describe, expect, it } from 'vitest';
import { contractSchema, targetSchema } from '../../src/config/schema.js';
import { type Lack, without } from '../../src/evidence/unlock.js';
import type { Plan, PlannedEndpointProbe } from '../../src/plan.js';
import type { CallSpec } from '../../src/probes/call.js';
import { renderPlan } from '../../src/views/plan.js';
import { forbiddenIn, PLAIN } from '../report/made.js';

function call(changes: Partial<CallSpec> = {}): CallSpec {
  return {
    operation: null,
    method: 'GET',
    path: '/orders',
    query: {},
    headers: {},
    payload: null,
    credential: 'key',
    version: 'pinned',
    keyed: false,
    expected: [],
    times: 1,
    when: null,
    ...changes,
  };
}

function planned(
  key: PlannedEndpointProbe['probe']['key'],
  says: string,
  calls: Record<string, CallSpec>,
  missing: Lack | null = null,
): PlannedEndpointProbe {
  const run = () => Promise.reject(new Error('plans run nothing'));
  return {
    probe: { uses: 'network', key, says, after: [], calls: () => calls, run },
    calls,
    missing,
    serial: false,
    writes: false,
  };
}

const create = call({ method: 'POST', operation: 'create', keyed: true });
const count = call({ query: { reference: '{{unique}}' } });

function plan(changes: Partial<Plan> = {}): Plan {
  const config = targetSchema.parse({ endpoint: { url: 'https://sandbox.example.com/v2', key: 'sk_test_0123456789' } });
  return {
    target: {
      name: 'orders',
      extends: ['ietf'],
      byDefault: true,
      config,
      contract: contractSchema.parse({}),
      secrets: [
        { name: 'API_KEY', value: 'sk_test_0123456789', kind: 'credential' },
        { name: 'ACCOUNT', value: 'acct_4711', kind: 'value' },
      ],
      unset: [],
      directory: '/',
      file: '/golive-check.yaml',
    },
    api: null,
    checks: [],
    endpointProbes: [
      planned('endpoint.authenticated', 'reading with the key', { call: call({ query: { account: 'acct_4711' } }) }),
      planned('endpoint.unauthenticated', 'reading without a key', { call: call({ credential: 'none' }) }),
      planned('endpoint.unknown-version', 'reading with a version that never was', {
        call: call({ version: { value: '1999-01-01' } }),
      }),
      planned('endpoint.replay', 'creating twice with one idempotency key', {
        first: create,
        again: create,
        count,
        'count-again': { ...count, times: 2, when: 'the list shows nothing at first' },
      }),
      planned('endpoint.traffic', 'reading through all recorded answers', {}),
      planned('endpoint.longest-key', 'creating with the longest key', {}, without('contract.idempotency.maxLength')),
    ],
    clientProbes: [],
    receiverProbes: [],
    statementProbes: [],
    sourceProbes: [],
    login: [],
    cleanup: null,
    writesAllowed: true,
    ...changes,
  };
}

describe('renderPlan', () => {
  it('lists every call of every probe, and its total', () => {
    expect(renderPlan(plan(), PLAIN)).toBe(`orders  https://sandbox.example.com/v2
sandbox · contract ietf (default) · 0 checks

reading with the key
   1× GET     /orders?account=[secret:ACCOUNT]

reading without a key
   1× GET     /orders  without the key

reading with a version that never was
   1× GET     /orders  version 1999-01-01

creating twice with one idempotency key
   2× POST    /orders  write · idempotency key
   1× GET     /orders?reference={{unique}}
   2× GET     /orders?reference={{unique}}
              only when the list shows nothing at first

Sends nothing: reading through all recorded answers

Not configured: 1 probe (--verbose says what each would need)

6 requests (2 writes), at most 8; nothing was sent
`);
  });

  it('tells what is missing when asked', () => {
    expect(renderPlan(plan(), { ...PLAIN, verbose: true })).toContain(
      'Not configured\n  creating with the longest key\n    needs contract.idempotency.maxLength\n',
    );
  });

  it('says by which way a call goes, where not by the usual one', () => {
    const ways = [
      { kind: 'plain' },
      { kind: 'fresh' },
      { kind: 'tls', version: 'TLSv1.1' },
      { kind: 'egress', name: 'outside', via: 'http://proxy:3128' },
    ] as const;
    const calls = Object.fromEntries(ways.map((way) => [way.kind, call({ way, credential: 'none' })]));
    const text = renderPlan(plan({ endpointProbes: [planned('endpoint.addresses', 'reading', calls)] }), PLAIN);
    expect(text).toContain(`   1× GET     /orders  over plain HTTP · without the key
   1× GET     /orders  without the key
   1× GET     /orders  over TLS 1.1 only · without the key
   1× GET     /orders  from outside (http://proxy:3128) · without the key
`);
  });

  it('says which error a call provokes, and how much it sends', () => {
    const payload = { text: '{', contentType: 'application/json' };
    const calls = {
      method: call({ method: 'PROPFIND', provokes: 405 }),
      url: call({ provokes: 414, padTo: 33_792 }),
      body: call({ method: 'POST', payload, provokes: 413, padTo: 1_048_577 }),
    };
    const text = renderPlan(plan({ endpointProbes: [planned('endpoint.provoked-reads', 'reading', calls)] }), PLAIN);
    expect(text).toContain(`   1× PROPFIND /orders  to provoke 405
   1× GET     /orders  33,792 bytes of URL · to provoke 414
   1× POST    /orders  write · 1,048,577 bytes of body · to provoke 413
`);
  });

  it('tells which links would be opened, and when', () => {
    const one = (evidence: string) => ({ by: 'Dana', evidence, until: '2027-01-31' });
    const attestations = {
      a: one('https://wiki/a'),
      b: one('https://wiki/a'),
      c: one('docs/c.md'),
      d: one('https://w/d'),
    };
    const probe = { uses: 'person', key: 'attestation.statements', says: 'reading', after: [] } as const;
    const { target } = plan();
    const stated = {
      target: { ...target, config: { ...target.config, attestations } },
      statementProbes: [
        { probe: { ...probe, run: () => Promise.reject(new Error('plans run nothing')) }, missing: null },
      ],
    };
    const words = 'With --check-links, and only then, 2 links of attestations are opened';
    expect(renderPlan(plan(stated), PLAIN).replace(/\s+/g, ' ')).toContain(words);
    expect(renderPlan(plan(), PLAIN)).not.toContain('--check-links');
  });

  it('lists the clean-up', () => {
    const cleanup = call({ method: 'DELETE', path: '/orders/{{id}}', times: 2, when: 'so many were created' });
    expect(renderPlan(plan({ cleanup }), PLAIN)).toContain(
      'deleting what was created\n   2× DELETE  /orders/{{id}}  write · only when so many were created\n',
    );
  });

  it('shows no value of the environment, not even across a line break', () => {
    const secret = planned('endpoint.authenticated', 'reading', {
      call: call({ path: `/${'a'.repeat(20)}/acct_4711/sk_test_0123456789` }),
    });
    for (let width = 40; width <= 80; width += 1) {
      const text = renderPlan(plan({ endpointProbes: [secret] }), { ...PLAIN, width }).replace(/\s/g, '');
      expect(text).not.toMatch(/acct_4711|sk_test_0123456789/);
    }
  });

  it.each([40, 80, 120])('fits %i columns', (width) => {
    for (const unicode of [true, false]) {
      const text = renderPlan(plan(), { ...PLAIN, width, unicode, verbose: true });
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
      expect(forbiddenIn(text)).toBeNull();
      if (!unicode) expect(text).toMatch(/^[\n -~]*$/);
    }
  });
});
