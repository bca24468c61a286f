// The built command line, as a user runs it.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { OF_MANY_RUNS } from '../../src/dev/confusion.js';
import type { Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { BIN, type Ended, runCli, startCli } from '../helpers/cli.js';
import { untilJudged } from '../helpers/patient.js';
import { httpAnswer, startPeer } from '../helpers/peer.js';
import { atTerminal, hasTerminal } from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-cli-'));
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** In a process that was warm already: whatever is about a start, a signal or an end has one of its own. */
const run = (words: readonly string[], env?: Record<string, string>) => runCli(words, folder, env);
const start = (words: readonly string[], env?: Record<string, string>) => startCli(words, folder, env);

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

const keyed = { endpoint: { url: 'http://127.0.0.1:1', key: '${K}', operations: { read: { path: '/x' } } } };

describe('exit codes', () => {
  it('0 go: the healthy demo, its client included', async () => {
    const { code, stdout } = await untilJudged(
      () => start(['demo', '--skip', OF_MANY_RUNS.join()]).ended,
      (ended) => ended.code === 3,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^GO /);
  });

  it('74: the report goes to a file that cannot be written, whatever the verdict', async () => {
    const { code, stderr } = await run([
      'demo',
      '--defect',
      'accepts-any-key',
      '--only',
      'rejects-wrong-key',
      '--format',
      'json=/dev/null/nowhere.json',
    ]);
    expect(code).toBe(74);
    expect(stderr).toContain('could not write /dev/null/nowhere.json (ENOTDIR');
  });

  it('a minor failure fails only with --fail-on minor', async () => {
    const minor = ['demo', '--defect', 'hides-replays', '--only', 'marks-replays', '--quiet'];
    expect((await run(minor)).code).toBe(0);
    expect((await run([...minor, '--fail-on', 'minor'])).code).toBe(1);
    expect((await run([...minor, '--fail-on', 'never'])).code).toBe(0);
  });

  it.each([
    [['run', '--ony', 'x'], "unknown option '--ony'", '--only'],
    [['demo', '--only', 'rejects-wrong-kee'], '--only: found "rejects-wrong-kee"', 'rejects-wrong-key'],
    [['demo', '--only', ','], '--only: found ","', ''],
    [['demo', '--defect', 'falls-foward'], 'no defect "falls-foward"', 'falls-forward'],
    [['demo', '--format', 'jsn'], 'no format "jsn"', 'json'],
    [['demo', '--json', '--format', 'text'], 'both go to standard output', 'path'],
    [['demo', '--fail-on', 'huge'], 'huge', 'blocker'],
    [['demo', '--seed', 'x'], 'whole number', ''],
    [['pln'], "unknown command 'pln'", 'Did you mean plan?'],
    [['frobnicate'], "unknown command 'frobnicate'\n", ''],
    [['explain', 'accepts-valid-kee'], 'no check "accepts-valid-kee"', 'accepts-valid-key'],
    [['judge', 'nowhere.json'], 'cannot be read', ''],
    [['schema', 'confg'], 'expected one of config, report; did you mean "config"?', ''],
    [['run'], 'found no config; expected golive-check.yaml', 'golive-check init'],
    [['run', '-c', 'missing.yaml'], 'found nothing that can be read (ENOENT)', ''],
  ])('2 usage: %j', async (words, says, hint) => {
    const { code, stderr, stdout } = await run(words);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
  });

  it('2 usage: an --env-file that is missing', async () => {
    const { code, stderr } = await start(['run', '--env-file', 'missing.env']).ended;
    // Node 20 takes the option for its own wherever it stands, and ends with 9 before any of our code runs.
    expect([2, 9]).toContain(code);
    expect(stderr).toMatch(/missing\.env.*(cannot be read|not found)/);
  });

  it('3 undecided: nothing listens', async () => {
    const peer = await startPeer(() => undefined);
    await peer.close();
    const config = file('refused.json', {
      endpoint: { url: peer.origin, key: '${K}', operations: { read: { path: '/x' } } },
    });
    const { code, stdout } = await start(['run', '-c', config], { K: 'secret-key-value' }).ended;
    expect(code).toBe(3);
    expect(stdout).toContain('nothing listens there');
    expect(stdout).toMatch(/UNDECIDED/);
  });

  it.each([
    ['an endpoint without a key', { endpoint: { url: 'https://a.example', operations: { read: { path: '/x' } } } }],
    ['a contract that does not say where the key goes', { ...keyed, extends: 'none' }],
  ])('3 undecided: nothing applies to %s', async (_, config) => {
    const words = ['run', '-c', file('nothing.json', config), '--only', 'accepts-valid-key,rejects-missing-key'];
    const { code, stdout } = await run(words, { K: 'secret-key-value' });
    expect(code, stdout).toBe(3);
    expect(stdout).toContain('Nothing was judged');
    expect(stdout).toMatch(/^UNDECIDED {2}0 passed · 2 not applicable · 0 requests$/m);
  });

  it('2 usage: a waiver of a check that is none', async () => {
    const waivers = [{ check: 'accepts-valid-kee', reason: 'x', by: 'dana', until: '2099-01-31' }];
    const { code, stderr } = await run(['run', '-c', file('waivers.json', { ...keyed, waivers })], { K: 'secret-key' });
    expect([code, stderr]).toEqual([2, expect.stringContaining('waivers.0.check: found "accepts-valid-kee"')]);
    expect(stderr).toContain('did you mean "accepts-valid-key"?');
  });

  it('a waiver that ended does not count, and the report says so', async () => {
    const waivers = [{ check: 'accepts-valid-key', reason: 'x', by: 'dana', until: '2020-01-31' }];
    const words = ['run', '-c', file('ended.json', { ...keyed, waivers }), '--only', 'accepts-valid-key', '--quiet'];
    const { code, stdout } = await run(words, { K: 'secret-key' });
    expect([code, stdout.replace(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining('(The waiver by dana ended on 2020-01-31.)'),
    ]);
  });

  it('70: an error of ours is called one, without a stack', async () => {
    const { code, stderr } = await new Promise<Ended>((resolve) => {
      const child = spawn(
        process.execPath,
        [
          '--import',
          `data:text/javascript,${encodeURIComponent("process.nextTick(() => { throw new Error('planted'); })")}`,
          BIN,
          'list',
        ],
        { cwd: folder },
      );
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString();
      });
      child.on('close', (code) => resolve({ code, stdout: '', stderr }));
    });
    // The planted error strikes before our hooks stand on some versions of Node; then Node itself reports it.
    expect([70, 1]).toContain(code);
    expect(stderr).toContain('planted');
  });

  it('ends when whoever started it is gone, even with something to say', async () => {
    const { child, ended } = start([
      'run',
      '-c',
      file('gone.json', { endpoint: { url: 'http://127.0.0.1:9', environment: 'nowhere' } }),
    ]);
    child.stderr?.destroy();
    child.stdout?.destroy();
    expect((await ended).code).toBe(2);
    // While it runs, however long its start takes.
    const planted = encodeURIComponent(
      `const timer = setInterval(() => {
         if (process.listenerCount('uncaughtException') === 0) return;
         clearInterval(timer);
         setTimeout(() => { throw new Error('planted'); }, 300);
       }, 10);`,
    );
    const crashing = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${planted}`, BIN, 'demo', '--only', 'client', '--quiet'],
      { cwd: folder },
    );
    crashing.stderr.destroy();
    crashing.stdout.destroy();
    const code = await new Promise((resolve) => crashing.on('exit', resolve));
    expect(code).toBe(70);
  });

  it('130 and 143: a valid partial report after a signal', async () => {
    const peer = await startPeer(() => undefined); // answers nothing, so that the run is surely under way
    try {
      const config = file('hang.json', {
        endpoint: { url: peer.origin, key: '${K}', operations: { read: { path: '/x' } } },
      });
      for (const [signal, exit] of [
        ['SIGINT', 130],
        ['SIGTERM', 143],
      ] as const) {
        const before = peer.connections();
        const { child, ended } = start(['run', '-c', config, '--json'], { K: 'secret-key-value' });
        await expect.poll(() => peer.connections()).toBeGreaterThan(before);
        child.kill(signal);
        const { code, stdout } = await ended;
        expect(code).toBe(exit);
        const report = JSON.parse(stdout) as Report;
        expect(report.run.interrupted).toBe(true);
        expect(report.exitCode).toBe(exit);
      }
    } finally {
      await peer.close();
    }
  });
});

describe('reports', () => {
  it('JSON fits the published schema, is alone on stdout, and says what the text says', async () => {
    const words = ['demo', '--only', 'endpoint', '--json', '--defect', 'falls-forward'];
    const { stdout, code } = await start(words).ended;
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(report.exitCode);
    expect(report.checks.filter((one) => one.outcome === 'fail').map((one) => one.id)).toEqual([
      'rejects-unknown-version',
    ]);
    const { default: Ajv } = Ajv2020 as unknown as { default: typeof Ajv2020.default };
    const ajv = new Ajv({ strict: false });
    (addFormats as unknown as { default: (ajv: unknown) => void }).default(ajv);
    const schema = JSON.parse((await run(['schema', 'report'])).stdout) as object;
    expect(
      JSON.parse(readFileSync(fileURLToPath(new URL('../../dist/schema/report.json', import.meta.url)), 'utf8')),
    ).toEqual(schema);
    const validate = ajv.compile(schema);
    expect(validate(report), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    const broken = { ...report, verdict: 'maybe' };
    expect(validate(broken)).toBe(false);
    const configSchema = ajv.compile(JSON.parse((await run(['schema', 'config'])).stdout) as object);
    expect(configSchema(sandboxConfig({ url: 'http://127.0.0.1:1/v1' }))).toBe(true);
    expect(configSchema({ endpoint: { url: 'http://127.0.0.1', enviroment: 'live' } })).toBe(false);
  });

  it('the same evidence judged again gives the same report', async () => {
    const evidence = join(folder, 'a', 'new', 'folder', 'evidence.json');
    const first = await run([
      'demo',
      '--only',
      'endpoint',
      '--json',
      '--evidence',
      evidence,
      '--defect',
      'replays-but-creates',
    ]);
    const again = await run(['judge', evidence, '--json']);
    expect(again.code).toBe(first.code);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(first.stdout));
    const report = await run(['judge', file('report.json', JSON.parse(first.stdout))]);
    expect([report.code, report.stderr]).toEqual([
      2,
      expect.stringContaining('report.json: this is a report, not evidence: targets: missing; expected a list\n'),
    ]);
  });

  it('several targets: one report each and a joint verdict', async () => {
    const one = sandboxConfig(sandbox);
    const config = file('many.json', {
      targets: {
        healthy: one,
        broken: {
          ...one,
          checks: {},
          contract: {
            ...('contract' in one ? one.contract : {}),
            version: { name: 'Api-Version', value: '2026-06-01', unknown: 418 },
          },
        },
      },
    });
    const { code, stdout } = await run(['run', '-c', config, '--json', '--only', 'rejects-unknown-version'], {
      ...sandboxVariables(sandbox.keys),
    });
    const joint = JSON.parse(stdout) as { verdict: string; exitCode: number; targets: Report[] };
    expect([code, joint.verdict]).toEqual([1, 'no-go']);
    expect(joint.targets.map((target) => [target.target.name, target.verdict])).toEqual([
      ['healthy', 'go'],
      ['broken', 'no-go'],
    ]);
  });

  it('stays within 100 columns and ASCII where asked', async () => {
    const { stdout } = await run(['demo', '--only', 'endpoint', '--defect', 'races-on-keys'], { TERM: 'dumb' });
    expect(stdout).toMatch(/^[\u0000-\u007f]*$/);
    for (const line of stdout.split('\n'))
      if (!/https?:\/\/|--data-raw/.test(line)) expect(line.length, line).toBeLessThanOrEqual(100);
  });
});

describe('plan', () => {
  it('sends nothing, needs no secret, and announces no less than a run sends', async () => {
    const before = sandbox.log.length;
    const config = file('plan.json', sandboxConfig(sandbox));
    const { code, stdout } = await run(['plan', '-c', config]);
    expect(code).toBe(0);
    expect(sandbox.log.length).toBe(before);
    const [, requests, atMost] = /(\d+) requests \(\d+ writes\), at most (\d+)/.exec(stdout) ?? [];
    const report = JSON.parse(
      (await run(['run', '-c', config, '--json'], sandboxVariables(sandbox.keys))).stdout,
    ) as Report;
    expect(report.traffic.requests).toBeGreaterThanOrEqual(Number(requests));
    expect(report.traffic.requests).toBeLessThanOrEqual(Number(atMost));
    expect(sandbox.log.length - before).toBe(report.traffic.requests);
  });

  it('sends no request that no selected check needs', async () => {
    const config = file('one.json', sandboxConfig(sandbox));
    const { stdout } = await run(['run', '-c', config, '--json', '--only', 'rejects-missing-key'], {
      ...sandboxVariables(sandbox.keys),
    });
    expect((JSON.parse(stdout) as Report).traffic.requests).toBe(2);
  });
});

describe('live endpoints get reads only', () => {
  const live = () => {
    const config = sandboxConfig(sandbox);
    const endpoint = 'endpoint' in config ? config.endpoint : undefined;
    return {
      ...config,
      contract: { ...('contract' in config ? config.contract : {}), environments: {} },
      endpoint: { ...endpoint, environment: 'live' },
    };
  };

  it.each<[string, object, string[], boolean]>([
    ['by default', {}, [], false],
    ['with the config alone', { allowWrites: true }, [], false],
    ['with the command line alone', {}, ['--allow-live-writes', '127.0.0.1'], false],
    ['with another host', { allowWrites: true }, ['--allow-live-writes', 'localhost'], false],
    ['with both', { allowWrites: true }, ['--allow-live-writes', '127.0.0.1'], true],
  ])('%s', async (_name, changes, words, writes) => {
    const base = live();
    const config = file('live.json', { ...base, endpoint: { ...base.endpoint, ...changes } });
    const { stdout } = await run(['run', '-c', config, '--json', ...words], sandboxVariables(sandbox.keys));
    expect((JSON.parse(stdout) as Report).traffic.writes > 0).toBe(writes);
  });

  it('a key of the other environment ends the run before anything is sent', async () => {
    const before = sandbox.log.length;
    const config = sandboxConfig(sandbox);
    const path = file('other.json', {
      ...config,
      endpoint: { ...('endpoint' in config ? config.endpoint : {}), environment: 'live' },
    });
    const { code, stderr } = await run(['run', '-c', path], sandboxVariables(sandbox.keys));
    expect(code).toBe(2);
    expect(stderr).toContain('begins like a sandbox key');
    expect(sandbox.log.length).toBe(before);
  });
});

describe('init', () => {
  it('writes a config that validates, and never overwrites one', async () => {
    const output = join(folder, 'golive-check.yaml');
    const words = [
      'init',
      '--url',
      'https://sandbox.example.com/v1',
      '--key-env',
      'ACME_KEY',
      '--create',
      '/orders',
      '--output',
      output,
    ];
    expect((await run(words)).code).toBe(0);
    expect((await run(['plan', '-c', output])).code).toBe(0);
    const again = await run(words);
    expect([again.code, again.stderr.includes('--force')]).toEqual([2, true]);
    expect((await run([...words, '--force'])).code).toBe(0);
    rmSync(output);
  });

  it.each([
    [[]],
    [['--provider', 'runa']],
    [['--provider', 'shopify']],
  ])('has the code of a repository read: %j', async (words) => {
    const place = mkdtempSync(join(folder, 'init-'));
    const output = join(place, 'sub', 'golive-check.yaml');
    mkdirSync(join(place, 'sub'));
    const write = async () => {
      expect((await run(['init', ...words, '--output', output, '--force'])).code).toBe(0);
      const plan = (await run(['plan', '-c', output])).stdout;
      return [readFileSync(output, 'utf8').match(/^.*source: \{\}/m)?.[0], plan.includes('reading your repository')];
    };
    expect(await write()).toEqual(['# source: {}', false]);
    execFileSync('git', ['init', '-q', place]);
    expect(await write()).toEqual(['source: {}', true]);
  });

  it.skipIf(!hasTerminal)('asks again at a terminal where an answer cannot stand', async () => {
    const output = join(folder, 'asked.yaml');
    const words = ['init', '--read', '/ping', '--create', '', '--output', output];
    const answers = ['nonsense', 'http://127.0.0.1:9/v1', 'sk_live_0123456789abcdef', 'ACME_KEY'];
    const { code, shown } = await atTerminal(words, answers, folder);
    expect(shown).toContain('--url: found "nonsense"; expected an http:// or https:// URL');
    expect(shown).toContain('--key-env: found "sk_live_"…');
    expect(code).toBe(0);
    expect(readFileSync(output, 'utf8')).toMatch(/url: http:\/\/127\.0\.0\.1:9\/v1[\s\S]*ACME_KEY/);
  });
});

describe('init --provider', () => {
  const write = async (name: string, ...words: string[]) => {
    const output = join(folder, `init-${name}.yaml`);
    const result = await run(['init', '--provider', name, '--output', output, '--force', ...words]);
    return { ...result, output, text: result.code === 0 ? readFileSync(output, 'utf8') : '' };
  };

  it.each(Object.keys(CONTRACTS))('writes a config for %s that validates and can be planned', async (name) => {
    const { code, output, stderr } = await write(name);
    expect(code, stderr).toBe(0);
    const plan = await run(['plan', '-c', output]);
    // Of some providers the webhooks are known, and nothing else.
    const planned = [/^(\d+) requests/m, /about (\d+) events/].map((one) => Number(one.exec(plan.stdout)?.[1] ?? 0));
    expect([plan.code, Math.max(...planned)]).toEqual([0, expect.toSatisfy((count) => count > 0)]);
  });

  it('writes no more than the provider cannot know', async () => {
    const { text, stdout } = await write('runa', '--command', 'node order.js', '--key-env', 'MY_KEY');
    expect(text.replace(/^#.*\n|^\n/gm, '')).toBe(
      'extends: runa\nendpoint:\n  environment: sandbox\n  key: ${MY_KEY}\nclient:\n  command: node order.js\n  baseUrlEnv: RUNA_BASE_URL\n',
    );
    expect(stdout).toContain('export MY_KEY=');
    expect((await write('killb')).stdout).toContain('export KILLB_PASSWORD=');
  });

  it('asks for a receiver where the webhooks are all that is known', async () => {
    const { text, stdout } = await write('shopify');
    expect(text.replace(/^#.*\n|^\n/gm, '')).toMatch(
      /^extends: shopify\nwebhook:\n {2}url: http:.*\n {2}secret: \$\{SHOPIFY_CLIENT_SECRET\}\n/,
    );
    expect(text).not.toContain('endpoint:');
    expect(stdout).toContain('export SHOPIFY_CLIENT_SECRET=');
  });

  it('makes no promise that nobody made', async () => {
    const { text } = await write('securbase');
    expect(text.replace(/^#.*$/gm, '')).not.toContain('idempotency');
    expect(text).toContain('# Not said yet:');
  });

  it.each<[string[], RegExp]>([
    [['--provider', 'strip'], /--provider: found "strip"; expected one of .*did you mean "stripe"\?/],
    [['--provider', 'runa', '--read', '/x'], /--read: runa says that already/],
    [['--provider', 'github', '--key-env', 'KEY'], /--key-env: the contract github is about webhooks alone/],
    [['--provider', 'runa', '--base-url-env', 'a b'], /--base-url-env: found "a b"/],
    [
      ['--webhook-secret-env', 'whsec_0123456789abcdef0123'],
      /--webhook-secret-env: found "whsec_01"…; expected the name/,
    ],
    [['--webhook-url', 'https://a.example/hooks'], /webhook\.url: found a host that is not this machine/],
    [['--key-env', 'sk_live_0123456789abcdef'], /--key-env: found "sk_live_"…; expected the name of an environment/],
    [['--key-env', 'sk_live_0123-456789abcdef'], /--key-env: found "sk_live_"…; expected the name of an environment/],
    [['--url', 'http:/a'], /endpoint\.url: found "http:\/a"; expected/],
    [['--create', 'https://a.example/orders'], /operations\.create\.path: found .*expected a path/],
  ])('refuses %j, and leaves nothing behind', async (words, message) => {
    const output = join(folder, 'never.yaml');
    const { code, stderr } = await run(['init', '--output', output, ...words]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync(output)).toBe(false);
  });
});

describe('explain contract', () => {
  it('prints one, lists all, and names the nearest', async () => {
    const one = await run(['explain', 'contract', 'runa']);
    expect([one.code, one.stdout]).toEqual([0, expect.stringContaining('remembered for 30 days')]);
    expect((await run(['explain', 'contract'])).stdout).toContain('print-one');
    const none = await run(['explain', 'contract', 'kilb']);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('did you mean "killb"?')]);
    expect((await run(['explain', 'echoes-version', 'runa'])).code).toBe(2);
  });
});

describe('secrets and hostile answers never reach the output', () => {
  const KEY = 'sk_test_c4nary/+"\\&<>=é0123456789';

  it('in any report, evidence file or message', async () => {
    const echo = [
      KEY,
      Buffer.from(KEY).toString('base64'),
      encodeURIComponent(KEY),
      JSON.stringify(KEY),
      Buffer.from(KEY).toString('hex'),
    ];
    let turn = 0;
    const peer = await startPeer((socket) => {
      const form = echo[turn++ % echo.length] ?? '';
      socket.write(
        httpAnswer('400 Bad Request', JSON.stringify({ error: `\u001b[31m\u0007bad ${form}\u202e` }), [
          `x-echo: ${encodeURIComponent(form)}`,
        ]),
      );
    });
    try {
      const config = file('hostile.json', {
        extends: 'none',
        contract: { auth: { headers: [{ name: 'X-Api-Key' }] } },
        endpoint: { url: peer.origin, key: '${K}', operations: { read: { path: '/x' } } },
      });
      const evidence = join(folder, 'hostile-evidence.json');
      const text = await start(
        [
          'run',
          '-c',
          config,
          '--verbose',
          '--evidence',
          evidence,
          '--format',
          'text',
          '--format',
          `json=${join(folder, 'hostile-report.json')}`,
        ],
        { K: KEY },
      ).ended;
      expect(text.code).toBe(1);
      const all = [
        text.stdout,
        text.stderr,
        readFileSync(evidence, 'utf8'),
        readFileSync(join(folder, 'hostile-report.json'), 'utf8'),
      ];
      for (const output of all) {
        for (const form of [...echo, 'c4nary']) expect(output).not.toContain(form);
        expect(output).not.toMatch(/[\u001b\u0007\u009b\u202e]/);
      }
      expect(text.stdout).toContain('No answer repeats the key');
    } finally {
      await peer.close();
    }
  });
});
