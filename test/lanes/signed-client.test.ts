// A client that signs its calls and knows the API's errors by their XML alone, as SDKs of cloud providers do.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';
import { FEWEST_REPEATS } from '../../src/evidence/repeats.js';
import { runConfig, verdicts } from '../helpers/in-process.js';

const CLIENT = `
import { createHmac, randomUUID } from 'node:crypto';
const body = JSON.stringify({ reference: randomUUID() });
const signature = process.env.SIGNED === 'no' ? 'fixed' : createHmac('sha256', 'secret').update(body).digest('hex');
for (let attempt = 0; attempt < 2; attempt += 1) {
  const answer = await fetch(process.env.API_URL + '/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Signature': signature },
    body,
  });
  if (answer.ok) process.exit(0);
  const text = await answer.text();
  const told = (name) => new RegExp('<' + name + '>([^<]*)').exec(text)?.[1];
  console.error('refused:', told('Code') ?? answer.status, told('RequestId'));
  if (told('Code') !== 'SlowDown') process.exit(1);
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
process.exit(1);
`;

function configOf(environment: Record<string, string>): ConfigInput {
  const folder = mkdtempSync(join(tmpdir(), 'golive-signed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'client.mjs');
  writeFileSync(file, CLIENT);
  const sample = (code: string) => ({
    sample: { body: `<Error><Code>${code}</Code><RequestId>{{requestId}}</RequestId></Error>` },
  });
  return {
    extends: 'none',
    contract: {
      auth: { signature: { headers: ['X-Signature'] } },
      requestId: { body: '/RequestId' },
      errors: { byStatus: { '4xx': sample('Refused'), '5xx': sample('InternalError'), '429': sample('SlowDown') } },
    },
    endpoint: { url: 'http://127.0.0.1:9/v1', operations: { create: { path: '/orders', method: 'POST' } } },
    client: {
      command: ['node', file],
      baseUrlEnv: 'API_URL',
      env: environment,
      repeats: FEWEST_REPEATS,
      patience: 20_000,
    },
  };
}

const environment = { PATH: process.env.PATH ?? '' };
const CHECKS = [
  'sends-key-in-header',
  'retries-rate-limits',
  'logs-errors',
  'logs-request-ids',
  'keeps-key-out-of-urls',
];

it('is judged by its signature, and by answers that it understands', async () => {
  const { report } = await runConfig(configOf({}), { only: CHECKS, environment });
  expect(verdicts(report)).toMatchObject({
    'sends-key-in-header': 'pass signed',
    'logs-errors': 'pass logged',
    'logs-request-ids': 'pass logged',
    'keeps-key-out-of-urls': 'not-applicable no-key',
  });
  expect(verdicts(report)['retries-rate-limits']).toMatch(/^pass/);
});

it('fails where one signature serves all bodies', async () => {
  const { report } = await runConfig(configOf({ SIGNED: 'no' }), { only: ['sends-key-in-header'], environment });
  expect(verdicts(report)).toEqual({ 'sends-key-in-header': 'fail same-signature' });
});
