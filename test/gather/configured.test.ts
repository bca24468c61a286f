// What does not apply is a matter of the config: it stays so where nothing answers, or where the control fails.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outcome } from '../../src/checks/verdict.js';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import type { ConfigInput, TargetInput } from '../../src/config/schema.js';
import { partConfig, sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { freePort } from '../../src/sandbox/free-port.js';
import { PARTS } from '../../src/sandbox/parts/index.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { runConfig } from '../helpers/in-process.js';

/** Ids of the checks of the API that do not apply, with what would make them. */
async function idle(
  raw: ConfigInput,
  environment: Record<string, string>,
  hoped: Outcome,
): Promise<Record<string, unknown>> {
  const { report } = await runConfig(raw, { environment });
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
