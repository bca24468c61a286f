import { describe, expect, it } from 'vitest';
import { defineProvider } from '../../src/config/contracts/define.js';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { renderContract, renderContracts } from '../../src/views/contract.js';
import { PLAIN } from '../report/made.js';

const provider = defineProvider({
  id: 'acme',
  title: 'Acme Pay',
  layer: {
    contract: {
      auth: { headers: [{ name: 'X-Api-Key' }] },
      idempotency: { header: 'Key', inFlight: { statuses: [409] } },
    },
    endpoint: { operations: { read: { path: '/ping' } } },
  },
  facts: [
    { at: ['endpoint.operations.read'], says: 'GET /ping needs the key.', source: 'https://docs.example.com/ping' },
    { at: ['contract.auth.headers'], says: 'The key goes in X-Api-Key.', source: 'https://docs.example.com/auth' },
    {
      at: ['contract.idempotency'],
      says: 'A repeat in flight is a 409.',
      source: 'https://docs.example.com/idempotency',
      but: { says: 'the reference has a 400', source: 'https://docs.example.com/reference' },
    },
  ],
  open: ['a request id'],
  asks: [{ at: 'endpoint.url', why: 'the host of your account', sample: 'https://x.example.com' }],
  keyEnv: 'ACME_KEY',
  baseUrlEnv: 'ACME_URL',
});

describe('renderContract', () => {
  it('tells what is documented where, by topic, and what is not', () => {
    expect(renderContract(provider, PLAIN)).toBe(`Acme Pay
extends: acme · 3 facts

Credential
  The key goes in X-Api-Key.
    https://docs.example.com/auth
    auth.headers: [{ "name": "X-Api-Key" }]

Idempotency
  A repeat in flight is a 409.
    https://docs.example.com/idempotency
    But: the reference has a 400.
    https://docs.example.com/reference
    idempotency: { "header": "Key", "inFlight": { "statuses": [409] } }

Operations
  GET /ping needs the key.
    https://docs.example.com/ping
    endpoint.operations.read: { "path": "/ping" }

Not documented: observed and reported, never failed
  - a request id

Yours to say
  - endpoint.url: the host of your account

Use        golive-check init --provider acme
`);
  });

  it('says every fact of every built-in contract within 80 columns, links aside, and in ASCII where asked', async () => {
    for (const load of Object.values(CONTRACTS)) {
      const one = await load();
      const text = renderContract(one, { ...PLAIN, unicode: false });
      for (const line of text.split('\n'))
        if (!line.includes('https://')) expect(line.length, line).toBeLessThanOrEqual(80);
      expect(text).toMatch(/^[\u0000-\u007f]*$/);
      for (const { source, but } of one.facts)
        for (const page of [source, but?.source ?? source]) expect(text).toContain(page);
    }
  });
});

describe('renderContracts', () => {
  it('names them all', () => {
    expect(renderContracts([provider], PLAIN)).toContain('  acme  Acme Pay · 3 facts\n');
  });
});
