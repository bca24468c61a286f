// What the command line says of what was typed or configured: in-process, with the streams read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli.js';
import { HIDDEN } from '../../src/report/text/sanitize.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-messages-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => void vi.restoreAllMocks());

async function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation(((text: string, done?: () => void) => {
      texts[name] += text;
      done?.();
      return true;
    }) as typeof process.stdout.write);
  const code = await main(words);
  vi.restoreAllMocks();
  return { code, ...texts };
}

const config = join(folder, 'good.yaml');
writeFileSync(
  config,
  'endpoint: { url: https://sandbox.example.com, key: "${K}", operations: { read: { path: /ping } } }\n',
);

describe('a wrong word is told with what it stands for, what is expected and what is near', () => {
  it.each<[string[], string, string, string]>([
    [
      ['plan', '-c', config, '--only', 'ecoes-version'],
      '--only: found "ecoes-version"',
      'expected the id of a check',
      '"echoes-version"?',
    ],
    [
      ['plan', '-c', config, '--skip', 'clint'],
      '--skip: found "clint"',
      'expected the id of a check',
      'did you mean "client"?',
    ],
    [
      ['plan', '-c', config, '--only', 'constructor'],
      '--only: found "constructor"',
      'a kind (endpoint, client',
      'golive-check list',
    ],
    [
      ['run', '--onyl', 'x'],
      "unknown option '--onyl'",
      'what is expected: golive-check run --help',
      'Did you mean --only?',
    ],
    [['run', '--zzzzzz'], "unknown option '--zzzzzz'", 'what is expected', 'golive-check run --help'],
    [['pln'], "unknown command 'pln'", 'what is expected', 'Did you mean plan?'],
    [
      ['run', '--fail-on', 'majr'],
      '--fail-on: found "majr"',
      'expected one of blocker, major, minor, never',
      'did you mean "major"?',
    ],
    [
      ['init', '--environment', 'liv'],
      '--environment: found "liv"',
      'expected one of sandbox, live',
      'did you mean "live"?',
    ],
    [['schema', 'reports'], 'schema: found "reports"', 'expected one of config, report', 'did you mean "report"?'],
    [['run', '--concurrency', '0'], "argument '0'", 'expected a whole number from 1 to 64', 'run --help'],
    [
      ['run', '--format', 'jsn'],
      '--format: there is no format "jsn"',
      'expected one of text, html, json',
      'did you mean "json"?',
    ],
    [['explain', 'contract', 'ruma'], 'explain contract: found "ruma"', 'expected one of', 'did you mean "runa"?'],
    [['explain', 'contract', 'constructor'], 'found "constructor"', 'expected one of', 'runa'],
    [['explain', 'idempotensy'], 'no check "idempotensy"', 'no topic, kind or cause', 'did you mean "idempotency"?'],
    [['list', '--topic', 'retrys'], '--topic: found "retrys"', 'expected one of', 'did you mean "retries"?'],
    [['list', '--provider', 'ruma'], '--provider: found "ruma"', 'expected one of', 'did you mean "runa"?'],
    [['init', '--provider', 'toString'], '--provider: found "toString"', 'expected one of', 'runa'],
    [['sandbox', '--as', 'valueOf'], '--as: found "valueOf"', 'expected one of', 'runa'],
  ])('%j', async (words, ...parts) => {
    const { code, stdout, stderr } = await run(...words);
    expect([code, stdout]).toEqual([2, '']);
    for (const part of parts) expect(stderr).toContain(part);
  });
});

describe('nothing that hides, reorders or moves the cursor reaches a terminal', () => {
  const odd = '\u202e\u2066\u200b\u009b2J\u001b[2J\u0007';
  const shown = (text: string) => text.replaceAll('\n', '');

  it('from words that were typed', async () => {
    for (const words of [
      ['run', `--on${odd}`],
      [odd],
      ['explain', odd],
      ['run', '--only', odd],
      ['run', '-c', join(folder, odd)],
      ['run', '--env-file', join(folder, odd)],
      ['run', '--format', odd],
      ['list', '--provider', odd],
      ['demo', '--defect', odd],
      ['demo', '--client', odd],
      ['proxy', '--script', odd],
      ['run', '--seed', odd],
      ['schema', odd],
      ['webhook', odd],
      ['webhook', 'send', odd],
      ['webhook', 'vectors', '--secret-env', odd],
      ['webhook', 'send', 'valid', '--url', odd],
    ]) {
      const { code, stdout, stderr } = await run(...words);
      expect([code, stdout], JSON.stringify(words)).toEqual([2, '']);
      expect(stderr).toContain('golive-check: ');
      expect(shown(stderr).match(HIDDEN), JSON.stringify(words)).toBeNull();
    }
  });

  it.each([
    ['a URL', { endpoint: { url: `https://sandbox.example.com/${odd}` } }],
    ['a name', { [odd]: 1 }],
    ['a value', { client: { repeats: odd } }],
    ['an operation', { endpoint: { url: 'https://a.example', operations: { [odd]: { path: 1 } } } }],
    ['a check', { checks: { [odd]: 'off' } }],
    ['a contract', { extends: odd }],
    ['a target', { targets: { [odd]: { client: 1 } } }],
  ])('from %s of a config that is refused', async (_, raw) => {
    const file = join(folder, 'refused.json');
    writeFileSync(file, JSON.stringify(raw));
    const { code, stdout, stderr } = await run('run', '-c', file);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/refused\.json:1:\d+: [^\n]+\n/);
    expect(shown(stderr).match(HIDDEN)).toBeNull();
  });

  it('from a config that is taken', async () => {
    const file = join(folder, 'odd.json');
    const operations = { read: { path: '/ping', query: { [odd]: odd } }, [odd]: { path: '/x' } };
    const endpoint = { url: 'https://sandbox.example.com', key: '${K}', operations };
    writeFileSync(file, JSON.stringify({ name: odd, endpoint, client: { command: odd, env: { [odd]: odd } } }));
    const { code, stdout, stderr } = await run('plan', '-c', file, '--verbose');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('/ping');
    expect(shown(stdout).match(HIDDEN)).toBeNull();
  });
});
