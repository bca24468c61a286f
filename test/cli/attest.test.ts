// golive-check attest, as a user calls it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../helpers/cli.js';

const top = mkdtempSync(join(tmpdir(), 'golive-attest-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const UNTIL = inDays(90);
const WORDS = ['--by', 'dana@example.com', '--evidence', 'docs/keys.md', '--until', UNTIL];

let folders = 0;
function folderWith(name: string, text: string): { folder: string; read: () => string } {
  folders += 1;
  const folder = join(top, String(folders));
  mkdirSync(join(folder, 'docs'), { recursive: true });
  writeFileSync(join(folder, 'docs/keys.md'), 'Rotated on 1 October.\n');
  writeFileSync(join(folder, name), text);
  return { folder, read: () => readFileSync(join(folder, name), 'utf8') };
}

const CONFIG = `# our config
extends: runa      # the provider
endpoint: { key: "\${RUNA_API_KEY}" }   # not set here

attestations:
    # reviewed by Dana
    follows-the-changelog: { by: 'Dana Example', evidence: https://wiki.example.com/a, until: ${inDays(20)} }
    # end of what we state

budget: {requests: 50} # odd`;
const ENTRY = `    rotates-keys:
        by: dana@example.com
        evidence: docs/keys.md
        until: ${UNTIL}
`;

describe('attest <id>', () => {
  it('writes into a YAML config, and every other byte stays', async () => {
    const { folder, read } = folderWith('golive-check.yaml', CONFIG);
    const { code, stdout, stderr } = await runCli(['attest', 'rotates-keys', ...WORDS], folder);
    expect([code, stderr]).toEqual([0, '']);
    expect(read()).toBe(CONFIG.replace('we state\n', `we state\n${ENTRY}`));
    expect(stdout).toContain('Are the keys of this integration rotated on a schedule');
    expect(stdout).toContain('Asked by   Securbase S3: Rotate keys');
    expect(stdout).toContain('Wrote attestations.rotates-keys to golive-check.yaml');
    const { stdout: report } = await runCli(['run', '--only', 'rotates-keys', '--quiet', '--verbose'], folder, {
      RUNA_API_KEY: 'XX0123456789',
    });
    expect(report).toMatch(/Keys are rotated[^\n]* attested\n/);
  });

  it('keeps a byte order mark and the line ends of Windows', async () => {
    const text = `\uFEFF${CONFIG.replaceAll('\n', '\r\n')}`;
    const { folder, read } = folderWith('golive-check.yaml', text);
    expect((await runCli(['attest', 'rotates-keys', ...WORDS], folder)).code).toBe(0);
    expect(read()).toBe(text.replace('we state\r\n', `we state\r\n${ENTRY.replaceAll('\n', '\r\n')}`));
  });

  it('renews what is stated in its place', async () => {
    const { folder, read } = folderWith('golive-check.yaml', CONFIG);
    expect((await runCli(['attest', 'follows-the-changelog', ...WORDS, '--note', 'Weekly'], folder)).code).toBe(0);
    expect(read()).toBe(
      CONFIG.replace("'Dana Example'", 'dana@example.com')
        .replace('https://wiki.example.com/a', 'docs/keys.md')
        .replace(`${inDays(20)} }`, `${UNTIL}, note: Weekly }`),
    );
  });

  it('writes into the golive-check member of package.json', async () => {
    const { folder, read } = folderWith(
      'package.json',
      '{\n  "name": "x",\n  "golive-check": {\n    "extends": "runa"\n  }\n}\n',
    );
    expect((await runCli(['attest', 'rotates-keys', ...WORDS], folder)).code).toBe(0);
    expect(JSON.parse(read())['golive-check'].attestations['rotates-keys'].until).toBe(UNTIL);
    expect(read()).toContain('    "extends": "runa",\n    "attestations": {\n');
  });

  it('writes into the target that is named', async () => {
    const text = 'targets:\n  orders: { extends: runa }\n  payouts: { extends: killb }\n';
    const { folder, read } = folderWith('golive-check.yaml', text);
    const words = ['attest', 'rotates-keys', ...WORDS];
    expect(await runCli(words, folder)).toMatchObject({
      code: 2,
      stderr: 'golive-check: --target: missing; expected one of orders, payouts\n',
    });
    expect((await runCli([...words, '--target', 'payout'], folder)).stderr).toContain('did you mean "payouts"?');
    expect(read()).toBe(text);
    expect((await runCli([...words, '--target', 'payouts'], folder)).code).toBe(0);
    expect(read()).toMatch(/^ {2}payouts: \{ extends: killb, attestations: \{ rotates-keys: \{ by: .+ \} \} \}$/m);
  });

  it('prints what to put into a config that is code, or that cannot be edited', async () => {
    const code = folderWith('golive-check.config.mjs', "export default { extends: 'runa' };\n");
    const { code: exit, stdout } = await runCli(['attest', 'rotates-keys', ...WORDS], code.folder);
    expect(exit).toBe(0);
    expect(stdout).toContain('golive-check.config.mjs is code: nothing was written. Put this into it:');
    expect(stdout).toContain(`'rotates-keys': {\n      by: "dana@example.com",`);
    const alias = folderWith('golive-check.yaml', `extends: runa\nwaivers: []\nattestations: &all {}\nchecks: *all\n`);
    const before = alias.read();
    await runCli(['attest', 'rotates-keys', ...WORDS], alias.folder).then(({ stdout: text }) =>
      expect(text).toMatch(
        /is laid out in a way that cannot be edited safely: nothing was written\. Put this into it:\n\nattestations:\n {2}rotates-keys:/,
      ),
    );
    expect(alias.read()).toBe(before);
  });

  it.each([
    [['attest'], 'attest: found no id; expected the id of an attestation, or --list'],
    [['attest', 'rotates-keys', '--list'], 'attest: found "rotates-keys" beside --list'],
    [['attest', 'rotate-keys', ...WORDS], 'did you mean "rotates-keys"?'],
    [['attest', 'accepts-valid-key', ...WORDS], 'a check of the kind endpoint; expected the id of an attestation'],
    [['attest', 'rotates-keys'], 'attest: missing --by, --evidence, --until; expected all of them'],
    [['attest', 'rotates-keys', '--by', 'Dana', '--until', UNTIL], 'attest: missing --evidence; expected'],
    [['attest', 'rotates-keys', ...WORDS, '--by', 'todo'], '--by: found "todo"; expected a person or a team'],
    [
      ['attest', 'rotates-keys', ...WORDS, '--evidence', 'http://a.b'],
      '--evidence: found "http://a.b"; expected an https://',
    ],
    [
      ['attest', 'rotates-keys', ...WORDS, '--evidence', 'docs/none.md'],
      '--evidence: dana@example.com states it, but there is no docs/none.md',
    ],
    [['attest', 'rotates-keys', ...WORDS, '--evidence', '../1/docs/keys.md'], 'is outside of the repository'],
    [
      ['attest', 'rotates-keys', ...WORDS, '--evidence', 'golive-check.yaml'],
      'is the config itself, which shows nothing',
    ],
    [
      ['attest', 'rotates-keys', ...WORDS, '--until', inDays(-1)],
      `--until: found "${inDays(-1)}"; expected a day to come`,
    ],
    [['attest', 'rotates-keys', ...WORDS, '--until', inDays(400)], 'expected a day at most a year ahead'],
    [
      ['attest', 'rotates-keys', ...WORDS, '--until', '31.1.2027'],
      '--until: found "31.1.2027"; expected a date such as',
    ],
    [['attest', 'rotates-keys', ...WORDS, '--until', '2027-02-31'], 'expected a date such as 2027-01-31'],
    [['attest', 'rotates-keys', ...WORDS, '--since', inDays(3)], 'which is to come; expected'],
    [['attest', 'rotates-keys', ...WORDS, '--since', '1 May'], 'since: found "1 May"; expected a date such as'],
    [['attest', 'rotates-keys', ...WORDS, '--note', 'a\u001b[2Jb'], 'expected one line without invisible characters'],
  ])('refuses %j, and writes nothing', async (words, said) => {
    const { folder, read } = folderWith('golive-check.yaml', CONFIG);
    const { code, stderr } = await runCli(words, folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    expect(read()).toBe(CONFIG);
  });
});

describe('attest --list', () => {
  it('tells what is to be done first', async () => {
    const { folder } = folderWith(
      'golive-check.yaml',
      `extends: runa
attestations:
  rotates-keys: { by: Dana Example, evidence: docs/keys.md, until: ${UNTIL} }
  follows-the-changelog: { by: Dana Example, evidence: https://wiki.example.com/a, until: ${inDays(20)} }
  stores-secrets-in-a-manager: { by: Platform, evidence: docs/keys.md, until: 2020-01-31 }
  tests-under-load: { by: Load team, evidence: docs/none.md, until: ${UNTIL} }
  prevents-injection: { by: Dana Example, evidence: docs/keys.md, until: ${inDays(0)} }
`,
    );
    const { code, stdout } = await runCli(['attest', '--list'], folder);
    expect(code).toBe(0);
    const rows = [...stdout.matchAll(/^ {2}(\w[\w ]*?) {2,}([a-z-]+)$/gm)].map(([, state, id]) => `${state} ${id}`);
    expect(rows).toEqual([
      'expired stores-secrets-in-a-manager',
      'not shown tests-under-load',
      'due prevents-injection',
      'due follows-the-changelog',
      'missing completes-provider-onboarding',
      'missing restricts-addresses',
      'held rotates-keys',
    ]);
    expect(stdout).toContain('1 expired · 1 not shown · 2 due · 2 missing · 1 held');
    expect(stdout).toContain(`until ${inDays(0)} (today), by Dana Example`);
    const { stdout: json } = await runCli(['attest', '--list', '--json'], folder);
    expect(JSON.parse(json)[0]).toMatchObject({ target: 'runa', id: 'stores-secrets-in-a-manager', state: 'expired' });
  });

  it('says so where nothing is asked for', async () => {
    const { folder } = folderWith('golive-check.yaml', 'client: { command: a, baseUrlEnv: B }\n');
    expect((await runCli(['attest', '--list'], folder)).stdout).toContain('No list asks for one');
  });
});
