// What new-check and new-contract write. A structure test compiles and lints it.

export function checkTemplate(kind: string, id: string): string {
  const words = id.replaceAll('-', ' ');
  return `import { isExpected } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';

export default defineCheck({
  id: '${id}',
  kind: '${kind}',
  topic: 'Access',
  severity: 'major',
  title: 'It ${words}',
  why: 'What goes wrong in production where this is not so.',
  fix: 'What to change, as an action.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110'],
  needs: ['endpoint.authenticated'],

  judge({ 'endpoint.authenticated': { call } }) {
    if (isExpected(call)) return pass('as-expected', 'What was seen.', [call]);
    return fail('otherwise', 'What was seen instead.', [call]);
  },
});
`;
}

export function testTemplate(kind: string, id: string): string {
  const up = '../../../';
  return `import check from '${up}src/checks/${kind}/${id}.js';
import { exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

judgeCases(check, {
  'as-expected': [{ outcome: 'pass', evidence: { 'endpoint.authenticated': { call: exchange({ status: 200 }) } } }],
  otherwise: [{ outcome: 'fail', evidence: { 'endpoint.authenticated': { call: exchange({ status: 500 }) } } }],
});
`;
}

export function contractTemplate(id: string): string {
  return `import { defineProvider } from './define.js';

const DOCS = 'https://docs.example.com';

export default defineProvider({
  id: '${id}',
  title: '${words(id)}',
  layer: {
    contract: {
      auth: { headers: [{ name: 'X-Api-Key' }] },
      environments: { sandbox: { url: 'https://sandbox.example.com/v1' }, live: { url: 'https://api.example.com/v1' } },
    },
    endpoint: { operations: { read: { path: '/ping' } } },
  },
  // Each setting above rests on a fact, each fact on a page; what no page says stays unset and is named in open.
  facts: [
    { at: ['contract.auth'], says: 'The key goes in X-Api-Key.', source: \`\${DOCS}/authentication\` },
    {
      at: ['contract.environments', 'endpoint.operations'],
      says: 'Each environment has a host; GET /ping needs the key.',
      source: \`\${DOCS}/environments\`,
    },
  ],
  open: ['how long an idempotency key is remembered'],
  asks: [],
  keyEnv: '${id.replaceAll('-', '_').toUpperCase()}_API_KEY',
  baseUrlEnv: '${id.replaceAll('-', '_').toUpperCase()}_BASE_URL',
});
`;
}

export function contractTestTemplate(id: string): string {
  const name = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `import { describe, expect, it } from 'vitest';
import ${name} from '../../../src/config/contracts/${id}.js';
import { providerRules, resolved } from '../../helpers/provider.js';

describe('${id}', () => {
  providerRules(${name});

  // The few facts by which it differs from others, not a copy of the data.
  it('carries its key in a header of its own', async () => {
    const { contract } = await resolved(${name});
    expect(contract.auth.headers?.map(({ name }) => name)).toEqual(['X-Api-Key']);
  });
});
`;
}

function words(id: string): string {
  return id.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());
}
