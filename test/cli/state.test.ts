// Keys that one run uses and later runs ask for again: `run --state`, with the days in between moved into the file.
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { merge } from '../../src/config/merge.js';
import type { StateContent } from '../../src/memory/file.js';
import type { Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import type { DefectName } from '../../src/sandbox/defects.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { type Ended, runCli } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-state-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REMEMBERS = 'remembers-keys-within-window';
const FORGETS = 'forgets-expired-keys';
const HOUR_MS = 3_600_000;
let files = 0;

/** A sandbox whose days pass when they are told to, and a state file in which the same time has passed. */
async function world(defects: readonly DefectName[] = []) {
  let aheadMs = 0;
  const sandbox: Sandbox = await startSandbox({ defects, now: () => Date.now() + aheadMs });
  onTestFinished(() => sandbox.close());
  const state = join(folder, `state-${++files}.json`);
  const content = () => JSON.parse(readFileSync(state, 'utf8')) as StateContent;
  return {
    sandbox,
    state,
    content,
    later(hours: number) {
      aheadMs += hours * HOUR_MS;
      const before = content();
      const entries = before.entries.map((entry) => ({
        ...entry,
        usedAt: new Date(Date.parse(entry.usedAt) - hours * HOUR_MS).toISOString(),
      }));
      writeFileSync(state, JSON.stringify({ ...before, entries }));
    },
    cli(words: readonly string[], changes: object = {}, key = sandbox.keys.key): Promise<Ended> {
      const config = join(folder, `config-${sandbox.port}.json`);
      // Whole at once: another run may read it.
      writeFileSync(`${config}.new`, JSON.stringify(merge(sandboxConfig(sandbox), changes)));
      renameSync(`${config}.new`, config);
      return runCli([...words, '-c', config, '--state', state], folder, {
        ...sandboxVariables(sandbox.keys),
        GOLIVE_DEMO_KEY: key,
      });
    },
    async run(changes: object = {}, key = sandbox.keys.key) {
      const { stdout, stderr } = await this.cli(
        ['run', '--json', '--quiet', '--only', REMEMBERS, FORGETS],
        changes,
        key,
      );
      expect(stderr).toBe('');
      const report = JSON.parse(stdout) as Report;
      const verdict = (id: string) => report.checks.find((one) => one.id === id);
      return { remembers: verdict(REMEMBERS), forgets: verdict(FORGETS), writes: report.traffic.writes };
    },
  };
}
const outcome = (check: { outcome: string; code: string } | undefined) => `${check?.outcome} ${check?.code}`;

describe('keys that are asked for again', () => {
  it('inside the window and after it, each when it is due', async () => {
    const days = await world();
    const first = await days.run();
    expect([outcome(first.remembers), outcome(first.forgets), first.writes]).toEqual([
      'inconclusive not-due',
      'inconclusive not-due',
      2,
    ]);
    expect(first.remembers?.because).toMatch(
      /^A key was used on \d{4}-\d\d-\d\d \d\d:\d\d UTC; run again from .* to .*/,
    );

    days.later(1);
    const early = await days.run();
    expect([outcome(early.remembers), outcome(early.forgets), early.writes]).toEqual([
      'inconclusive not-due',
      'inconclusive not-due',
      0,
    ]);

    days.later(14);
    const inside = await days.run();
    expect([outcome(inside.remembers), outcome(inside.forgets), inside.writes]).toEqual([
      'pass marked',
      'inconclusive not-due',
      2,
    ]);

    days.later(11.5);
    const after = await days.run();
    expect([outcome(after.remembers), outcome(after.forgets)]).toEqual(['inconclusive not-due', 'pass forgotten']);
    // One key waits for each question, whatever was asked before.
    expect(
      days
        .content()
        .entries.map(({ purpose }) => purpose)
        .toSorted(),
    ).toEqual(['forgets', 'remembers']);
  });

  it.each([
    ['forgets-keys-early', 15, REMEMBERS, 'remembers', 'fail forgotten'],
    ['never-forgets-keys', 27, FORGETS, 'forgets', 'fail marked'],
  ] as const)('%s is found after %i hours by %s', async (defect, hours, _id, which, expected) => {
    const days = await world([defect]);
    await days.run();
    days.later(hours);
    expect(outcome((await days.run())[which])).toBe(expected);
  });

  it('says that a key is too old to be asked for, and uses another', async () => {
    const days = await world();
    await days.run();
    days.later(23.5);
    const { remembers } = await days.run();
    expect(outcome(remembers)).toBe('inconclusive not-due');
    expect(remembers?.because).toMatch(
      /^The key used on .* is too old to be asked for: it was due until .*\. A key was used/,
    );
  });

  it.each([
    ['endpoint.environment', {}],
    ['endpoint.operations.create', { endpoint: { operations: { create: { body: { amount: 1300 } } } } }],
    ['contract.idempotency', { contract: { idempotency: { windowMs: 25 * HOUR_MS } } }],
    ['endpoint.url', {}],
    ['the account', {}],
  ])('is not asked for where %s changed', async (what, changes) => {
    const days = await world();
    await days.run();
    days.later(15);
    const before = days.content();
    const member = what.replace('endpoint.', '');
    if (member === 'url' || member === 'environment') {
      const moved = before.entries.map((entry) => ({ ...entry, [member]: 'https://elsewhere.example.com' }));
      writeFileSync(days.state, JSON.stringify({ ...before, entries: moved }));
    }
    const key = what === 'the account' ? days.sandbox.keys.secondAccountKey : days.sandbox.keys.key;
    const words = ['run', '--json', '--quiet', '--only', REMEMBERS];
    const { stdout } = await days.cli(words, changes, key);
    const [check] = (JSON.parse(stdout) as Report).checks;
    expect([check?.outcome, check?.code]).toEqual(['inconclusive', 'not-due']);
    expect(check?.because).toMatch(new RegExp(`^The key used on .* is not asked for: ${what}.* changed since\\.`));
  });

  it('two runs at once ask once', async () => {
    const days = await world();
    await days.run();
    days.later(27);
    const both = await Promise.all([days.run(), days.run()]);
    const seen = both.map(({ forgets }) => outcome(forgets));
    expect(seen).toContain('pass forgotten');
    for (const one of seen) expect(['pass forgotten', 'inconclusive not-due']).toContain(one);
    expect(seen.filter((one) => one === 'pass forgotten')).toHaveLength(1);
  });

  it('a plan lists the calls, without any secret set, and leaves the file as it is', async () => {
    const days = await world();
    const plan = async () => {
      const config = join(folder, `config-${days.sandbox.port}.json`);
      const words = ['plan', '-c', config, '--state', days.state, '--only', REMEMBERS];
      return (await runCli(words, folder)).stdout;
    };
    await days.run();
    expect(await plan()).not.toContain('POST');
    days.later(15);
    const before = readFileSync(days.state, 'utf8');
    expect(await plan()).toMatch(
      /asking for an idempotency key of an earlier run, inside its window\s+2× POST +\/orders/,
    );
    expect(readFileSync(days.state, 'utf8')).toBe(before);
  });

  it('no secret is in the file', async () => {
    const days = await world();
    const canary = 'planted canary/"é';
    const config = { contract: {}, endpoint: { headers: { 'X-Note': '${NOTE}' } } };
    const path = join(folder, 'canary.json');
    writeFileSync(path, JSON.stringify(merge(sandboxConfig(days.sandbox), config)));
    await runCli(['run', '-c', path, '--state', days.state, '--only', REMEMBERS, '--quiet'], folder, {
      ...sandboxVariables(days.sandbox.keys),
      NOTE: encodeURIComponent(canary),
    });
    const text = readFileSync(days.state, 'utf8');
    expect(days.content().entries).toHaveLength(1);
    for (const secret of [days.sandbox.keys.key, encodeURIComponent(canary)]) {
      for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')])
        expect(text).not.toContain(form);
    }
  });
});

describe('a state file that will not do', () => {
  const refused = async (content: string, path = join(folder, `refused-${++files}.json`)) => {
    const days = await world();
    writeFileSync(path, content);
    const config = join(folder, 'refused-config.json');
    writeFileSync(config, JSON.stringify(sandboxConfig(days.sandbox)));
    const ended = await runCli(['run', '-c', config, '--state', path], folder, sandboxVariables(days.sandbox.keys));
    expect(days.sandbox.log).toEqual([]);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    return ended.stderr;
  };

  it('no state file: exit 2', async () => {
    expect(await refused('name: demo')).toMatch(/^golive-check: --state: .* is not a state file of this version/);
  });

  it("another target's: exit 2, naming both", async () => {
    const days = await world();
    await days.run();
    const content = days.content();
    const entries = content.entries.map((entry) => ({ ...entry, target: 'payouts', url: 'https://api.example.com' }));
    const stderr = await refused(JSON.stringify({ ...content, entries }));
    expect(stderr).toMatch(
      /holds keys of payouts \(https:\/\/api\.example\.com\); expected some of demo \(http:\/\/127/,
    );
  });

  it('a folder: exit 2', async () => {
    const days = await world();
    const config = join(folder, 'folder-config.json');
    writeFileSync(config, JSON.stringify(sandboxConfig(days.sandbox)));
    const { code, stderr } = await runCli(['run', '-c', config, '--state', folder], folder, {
      ...sandboxVariables(days.sandbox.keys),
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--state: .* cannot be read \(EISDIR\)/)]);
  });

  it.runIf(existsSync('/proc'))('one that cannot be written: no key is said to wait', async () => {
    const days = await world();
    const config = join(folder, 'unwritable-config.json');
    writeFileSync(config, JSON.stringify(sandboxConfig(days.sandbox)));
    const words = ['run', '-c', config, '--state', '/proc/state.json', '--only', REMEMBERS, '--json', '--quiet'];
    const { code, stdout, stderr } = await runCli(words, folder, sandboxVariables(days.sandbox.keys));
    const { checks, exitCode } = JSON.parse(stdout) as Report;
    const [check] = checks;
    expect([code, exitCode]).toEqual([74, 74]);
    expect(stderr).toMatch(/^golive-check: \/proc\/state\.json cannot be written \(E\w+\)\n$/);
    expect([check?.outcome, check?.code]).toEqual(['inconclusive', 'not-kept']);
    expect(check?.because).toMatch(/state\.json cannot be written \(E\w+\)/);
  });
});
