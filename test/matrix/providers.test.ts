// The same for each provider that the sandbox plays. All rows of one: `npm run matrix -- endpoint --as runa`; here each
// provider keeps all its promises once, and each defect shows under one of them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import github from '../../src/config/contracts/github.js';
import shopify from '../../src/config/contracts/shopify.js';
import {
  golive,
  HEALTHY,
  inTurn,
  rowOf,
  runPart,
  SANDBOX_STATES,
  type SandboxState,
  statesOf,
} from '../../src/dev/confusion.js';
import { hostedVariables } from '../../src/dev/hosts.js';
import type { Report } from '../../src/report/schema.js';
import { receiverOf } from '../../src/sandbox/config.js';
import { freePort } from '../../src/sandbox/free-port.js';
import { PARTS } from '../../src/sandbox/parts/index.js';
import { GOOD_RECEIVER, receiverCommand } from '../../src/sandbox/receivers.js';
import { expectRight } from './right.js';

const NAMES = Object.keys(PARTS);
const dealt = new Map<string, SandboxState[]>(NAMES.map((name) => [name, [HEALTHY]]));

beforeAll(async () => {
  const showing = await Promise.all(NAMES.map(async (name) => ({ name, states: await statesOf(name) })));
  for (const [at, state] of SANDBOX_STATES.filter((one) => one !== HEALTHY).entries()) {
    const places = showing.filter(({ states }) => states.includes(state));
    dealt.get(places[at % places.length]?.name ?? '')?.push(state);
  }
});

it.each(NAMES)('as %s, each defect fails what it is declared for, and nothing else', async (name) => {
  const states = dealt.get(name) ?? [];
  expect(states.length).toBeGreaterThan(1);
  expectRight(await inTurn(states, 4, (state) => runPart(name, state)));
});

// Of these no API is played: their webhooks alone are known.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'golive-webhooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([github, shopify])('as $id, a sound receiver keeps all promises', async (provider) => {
  const receiver = { command: receiverCommand(GOOD_RECEIVER, ROOT), port: await freePort() };
  const file = join(folder, `${provider.id}.json`);
  const webhook = receiverOf(receiver, provider.layer);
  writeFileSync(file, JSON.stringify({ extends: provider.id, webhook }));
  const words = ['run', '-c', file, '--json', '--quiet', '--only', 'webhook'];
  const { stdout, code } = await golive(words, hostedVariables());
  const untimed = [
    'accepts-rotated-secrets',
    'rejects-future-events',
    'rejects-stale-events',
    'updates-status-on-events',
  ];
  const row = rowOf(provider.id, [], JSON.parse(stdout) as Report, untimed, code);
  expectRight([row]);
  expect([row.exitCode, row.judged > untimed.length]).toEqual([0, true]);
});
