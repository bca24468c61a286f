// What does not apply is a matter of the config: it stays so where nothing answers, or where the control fails.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outcome } from '../../src/checks/verdict.js';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import type { ConfigInput, TargetInput } from '../../src/config/schema.js';
import { partConfig, sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { freePort } from '../../src/sandbox/free-port.js';
import { PARTS } from '../../src/sandbox/parts/index.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { runConfig } from '../helpers/in-process.js';

/** Ids of the checks of one kind that do not apply, with what would make them. */
async function idle(
  raw: ConfigInput,
  environment: Record<string, string>,
  hoped: Outcome,
  kind = 'endpoint',
): Promise<Record<string, unknown>> {
  const { report } = await runConfig(raw, { environment, only: [kind] });
  expect(report.checks.map(({ outcome }) => outcome)).toContain(hoped);
  const some = report.checks.filter(({ outcome }) => outcome === 'not-applicable');
  return Object.fromEntries(some.map(({ id, unlock = [] }) => [id, unlock]));
}

describe('what does not apply', () => {
  it.each(['generic', ...Object.keys(PARTS)])('is the same with a dead port as with the sandbox: %s', async (name) => {
    const part = await PARTS[name]?.();
    const provider = await CONTRACTS[name]?.();
    const sandbox = await startSandbox(part === undefined ? {} : { dialect: part.dialect });
    onTestFinished(() => sandbox.close());
    const raw =
      part === undefined || provider === undefined ? sandboxConfig(sandbox) : partConfig(provider, part, sandbox);
    const environment = { ...sandboxVariables(sandbox.keys), ...part?.variables?.(sandbox.keys) };
    const works = await idle(raw, environment, 'pass');
    expect(Object.keys(works).length).toBeGreaterThan(5);
    const { endpoint } = raw as TargetInput;
    const dead = { ...raw, endpoint: { ...endpoint, url: `http://127.0.0.1:${await freePort()}` } } as ConfigInput;
    expect(await idle(dead, environment, 'inconclusive')).toEqual(works);
  });
});

it('a control that fails leaves it as it is', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const environment = sandboxVariables(sandbox.keys);
  const works = await idle(sandboxConfig(sandbox), environment, 'pass');
  const refused = { ...environment, GOLIVE_DEMO_KEY: 'sk_test_of_nobody_0123456789' };
  expect(await idle(sandboxConfig(sandbox), refused, 'fail')).toEqual(works);
});

/** A receiver that verifies what Standard Webhooks signs, and keeps nothing. */
async function startReceiver(secret: string): Promise<string> {
  const webhook = new Webhook(secret);
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      try {
        webhook.verify(body, request.headers as Record<string, string>);
        response.statusCode = 204;
      } catch {
        response.statusCode = 401;
      }
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}

it('a receiver that does not answer leaves it as it is', async () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const config = (url: string): ConfigInput => ({
    extends: 'none',
    contract: { webhook: { scheme: 'standard' } },
    webhook: { url, secret: '${HOOK_SECRET}', event: { id: '{{unique}}', type: 'order.completed' } },
  });
  const environment = { HOOK_SECRET: secret };
  const works = await idle(config(await startReceiver(secret)), environment, 'pass', 'webhook');
  expect(Object.keys(works)).toEqual(
    expect.arrayContaining(['leaves-rejected-events-without-effect', 'updates-status-on-events']),
  );
  const dead = config(`http://127.0.0.1:${await freePort()}/hooks`);
  expect(await idle(dead, environment, 'inconclusive', 'webhook')).toEqual(works);
});
