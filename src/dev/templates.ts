// What new-check and new-contract write. A structure test compiles and lints it.

interface Sample {
  imports: string;
  topic: string;
  needs: string;
  judge: string;
  test: { imports: string; cases: string };
}

const OF_ENDPOINT: Sample = {
  imports: `import { isExpected } from '../../evidence/exchange.js';
import { defineCheck, fail, pass } from '../define.js';`,
  topic: 'Access',
  needs: 'endpoint.authenticated',
  judge: `judge({ 'endpoint.authenticated': { call } }) {
    if (isExpected(call)) return pass('as-expected', 'What was seen.', [call]);
    return fail('otherwise', 'What was seen instead.', [call]);
  },`,
  test: {
    imports: `import { exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';`,
    cases: `'as-expected': [{ outcome: 'pass', evidence: { 'endpoint.authenticated': { call: exchange({ status: 200 }) } } }],
  otherwise: [{ outcome: 'fail', evidence: { 'endpoint.authenticated': { call: exchange({ status: 500 }) } } }],`,
  },
};

const OF_CLIENT: Sample = {
  imports: `import { attemptsOf } from '../../evidence/waits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { ids } from '../shared/clients.js';`,
  topic: 'Access',
  needs: 'client.control',
  judge: `judge({ 'client.control': { runs } }) {
    const called = runs.filter((run) => attemptsOf(run).length > 0);
    if (called.length === 0) return inconclusive('no-calls', 'No call was recorded.');
    const other = called.find((run) => attemptsOf(run).length > 1);
    if (other !== undefined) return fail('otherwise', 'What was seen instead.', ids(other));
    return pass('as-expected', 'What was seen.', called.flatMap((run) => ids(run)));
  },`,
  test: {
    imports: `import { judgeCases } from '../../helpers/judge-cases.js';
import { control, runs, TWO_OPERATIONS } from '../../helpers/lane.js';`,
    cases: `'no-calls': [{ outcome: 'inconclusive', evidence: { 'client.control': runs({ attempts: [] }) } }],
  'as-expected': [{ outcome: 'pass', evidence: { 'client.control': control() } }],
  otherwise: [{ outcome: 'fail', evidence: { 'client.control': TWO_OPERATIONS } }],`,
  },
};

const OF_WEBHOOK: Sample = {
  imports: `import { isAccepted } from '../../evidence/events.js';
import { defineCheck, fail, pass } from '../define.js';
import { answerTo, callsOf } from '../shared/events.js';`,
  topic: 'Webhooks',
  needs: 'webhook.control',
  judge: `judge({ 'webhook.control': { rounds } }) {
    const calls = callsOf(rounds);
    const other = calls.find((call) => !isAccepted(call));
    if (other !== undefined) return fail('otherwise', \`What was seen instead: \${answerTo(other)}.\`, [other]);
    return pass('as-expected', 'What was seen.', calls);
  },`,
  test: {
    imports: `import { judgeCases } from '../../helpers/judge-cases.js';
import { control, round } from '../../helpers/receiver-evidence.js';`,
    cases: `'as-expected': [{ outcome: 'pass', evidence: { 'webhook.control': control() } }],
  otherwise: [
    { outcome: 'fail', evidence: { 'webhook.control': control({ rounds: [round({ answers: [500] })] }) } },
  ],`,
  },
};

const OF_SOURCE: Sample = {
  imports: `import { defineCheck } from '../define.js';
import { judgeAbsence } from '../shared/code.js';`,
  topic: 'Secrets',
  needs: 'source.code',
  judge: `judge({ 'source.code': code }) {
    return judgeAbsence(code, 'plain-urls', 'what must not stand there');
  },`,
  test: {
    imports: `import { judgeCases } from '../../helpers/judge-cases.js';
import { absenceCases } from '../../helpers/source-evidence.js';`,
    cases: `...absenceCases('plain-urls'),`,
  },
};

const SAMPLES: Readonly<Record<string, Sample>> = {
  endpoint: OF_ENDPOINT,
  client: OF_CLIENT,
  webhook: OF_WEBHOOK,
  source: OF_SOURCE,
};

function sampleOf(kind: string): Sample {
  const sample = SAMPLES[kind];
  if (sample === undefined) throw new Error(`there is no template for a check of kind ${kind}`);
  return sample;
}

export function checkTemplate(kind: string, id: string): string {
  const words = id.replaceAll('-', ' ');
  if (kind === 'attestation') return attestationTemplate(id, words);
  const { imports, topic, needs, judge } = sampleOf(kind);
  return `${imports}

export default defineCheck({
  id: '${id}',
  kind: '${kind}',
  topic: '${topic}',
  severity: 'major',
  title: 'It ${words}',
  why: 'What goes wrong in production where this is not so.',
  fix: 'What to change, as an action.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110'],
  needs: ['${needs}'],

  ${judge}
});
`;
}

export function testTemplate(kind: string, id: string): string {
  const up = '../../../';
  const { test } = sampleOf(kind);
  return `import check from '${up}src/checks/${kind}/${id}.js';
${test.imports}

judgeCases(check, {
  ${test.cases}
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

/** All attestations share their judge. */
function attestationTemplate(id: string, words: string): string {
  return `import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: '${id}',
  topic: 'Operations',
  title: 'It ${words}',
  why: 'What goes wrong in production where this is not so.',
  fix: 'What to change, as an action.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110'],
  question: 'What does the person state?',
  shownBy: 'the page that shows it',
});
`;
}
