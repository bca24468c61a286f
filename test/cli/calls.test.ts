// What a run says that it calls, against what it calls.
import { expect, it } from 'vitest';
import { callsOf } from '../../src/cli/calls.js';
import { resolveSource } from '../../src/config/load.js';
import { planTarget } from '../../src/pipeline.js';

const ENDPOINT = { url: 'https://api.example.com/v1', operations: { read: { path: '/ping' } } };
const CLIENT = { command: 'true', baseUrlEnv: 'URL' };

async function said(sections: object, only: readonly string[] = []): Promise<readonly string[]> {
  const raw = { extends: 'none', contract: { auth: 'none' }, ...sections };
  const source = { file: '/nowhere.json', raw, placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: '/', environment: {} });
  if (target === undefined) throw new Error('no target');
  return callsOf(await planTarget(target, { selection: { only, skip: [] }, seed: 1, liveWritesTo: null })).lines;
}

const STUBBED = 'running your client against a stub on loopback; none of its calls reaches https://api.example.com/v1';

it('names the API only where it is called', async () => {
  expect(await said({ endpoint: ENDPOINT })).toEqual(['probing https://api.example.com/v1']);
  expect(await said({ endpoint: ENDPOINT, client: CLIENT })).toEqual(['probing https://api.example.com/v1', STUBBED]);
  expect(await said({ endpoint: ENDPOINT, client: CLIENT }, ['client'])).toEqual([STUBBED]);
  expect(await said({ client: CLIENT })).toEqual([
    'running your client against a stub on loopback; none of its calls reaches the API',
  ]);
});

it('says what is passed on', async () => {
  expect(await said({ endpoint: ENDPOINT, client: { ...CLIENT, upstream: 'endpoint' } }, ['client'])).toEqual([
    'running your client against a stub on loopback, which passes the first call of each operation on to https://api.example.com/v1',
  ]);
});

it('says so where nobody is called', async () => {
  expect((await said({ endpoint: ENDPOINT }, ['client']))[0]).toMatch(/^calling nobody for none: /);
});

it('says what keeps a receiver from being attacked', async () => {
  const webhook = { url: 'http://127.0.0.1:3000/hooks' };
  const needs = (words: string) => [`sending no events to your receiver at ${webhook.url}: that needs ${words}`];
  expect(await said({ webhook }, ['webhook'])).toEqual(needs('webhook.secret'));
  const contract = { auth: 'none', webhook: { scheme: 'github' } };
  expect(await said({ webhook, contract }, ['client'])).toEqual([expect.stringMatching(/^calling nobody/)]);
});
