// APIs with a tight limit: what the probes eat of it must not spoil any verdict.
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import type { SandboxOptions } from '../../src/sandbox/server.js';
import { runConfig } from '../helpers/in-process.js';
import { started } from '../sandbox/client.js';

async function judged(options: SandboxOptions, seconds = 300): Promise<Report> {
  const sandbox = await started(options);
  const config = { ...sandboxConfig(sandbox), checks: {}, budget: { seconds } };
  return (await runConfig(config, { environment: sandboxVariables(sandbox.keys) })).report;
}

const withCode = (report: Report, code: string) => report.checks.filter((one) => one.code === code).length;
const failed = (report: Report) => report.checks.filter((one) => one.outcome === 'fail').map((one) => one.id);

describe('a run against an API that limits it', () => {
  it('waits an announced wait out, once, and says so', async () => {
    const report = await judged({ rateLimit: { limit: 12, windowMs: 1000 } });
    expect(failed(report)).toEqual([]);
    expect(withCode(report, 'blocked')).toBe(0);
    const told = report.checks.filter((one) =>
      /A rate limit refused this call at first; it was repeated/.test(one.because),
    );
    expect(told.length).toBeGreaterThan(0);
    expect(report.checks.find((one) => one.id === 'recovers-after-limit')?.outcome).toBe('pass');
    expect(report.checks.find((one) => one.id === 'sends-retry-after')?.outcome).toBe('pass');
  });

  it('leaves open what a limit without an announced wait refuses', async () => {
    const report = await judged({ rateLimit: { limit: 12, windowMs: 60_000 }, defects: ['limits-without-a-wait'] });
    expect(failed(report)).toEqual(['sends-retry-after']);
    expect(withCode(report, 'blocked')).toBeGreaterThan(0);
  });

  it('does not wait longer than the budget lasts', async () => {
    const report = await judged({ rateLimit: { limit: 12, windowMs: 60_000 } }, 30);
    expect(failed(report)).toEqual([]);
    expect(withCode(report, 'blocked')).toBeGreaterThan(0);
  });
});
