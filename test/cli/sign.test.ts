// --sign and --verify, as the commands read their keys; nothing is spawned.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catchInterrupts } from '../../src/cli/interrupt.js';
import { judge } from '../../src/cli/judge.js';
import { signingKey, verifyingKey } from '../../src/cli/keys.js';
import { runTargets } from '../../src/cli/run-targets.js';
import { resolveSource } from '../../src/config/load.js';
import { UserError } from '../../src/errors.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { smallFile } from '../report/evidence-file/saved.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-sign-'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | KeyObject): string {
  const path = join(folder, name);
  const form = (key: KeyObject) => ({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }) as const;
  writeFileSync(path, typeof content === 'string' ? content : (content.export(form(content) as never) as string));
  return path;
}

const pair = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const locked = pair.privateKey.export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'open sesame',
});
const own = { private: file('key.pem', pair.privateKey), public: file('public.pem', pair.publicKey) };

const BROKEN = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';

describe('a key that cannot be used is refused, and nothing of it is shown', () => {
  it.each([
    ['a file that is not there', join(folder, 'none.pem'), 'cannot be read (ENOENT)'],
    ['a folder', folder, 'cannot be read (EISDIR)'],
    ['a public key', own.public, 'is a public key; expected a private Ed25519 key as PEM'],
    ['an RSA key', file('rsa.pem', rsa.privateKey), 'holds a key of the type rsa; expected Ed25519'],
    ['a locked key', file('locked.pem', locked as string), 'is locked by a passphrase'],
    ['a broken key', file('broken.pem', BROKEN), 'holds no key that can be read'],
    ['no PEM', file('text.pem', 'secret words'), 'is no key; expected a private Ed25519 key as PEM'],
    ['a file that never ends', '/dev/zero', 'is no key'],
  ])('--sign: %s', async (_, path, message) => {
    const error: unknown = await signingKey(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(`--sign: ${path} ${message}`);
    expect((error as UserError).message).not.toMatch(/secret words|MC4CAQ/);
  });

  it.each([
    ['a private key', own.private, 'is a private key; expected a public Ed25519 key as PEM'],
    ['an RSA key', file('rsa-public.pem', rsa.publicKey), 'holds a key of the type rsa; expected Ed25519'],
    ['no PEM', file('text.pem', 'secret words'), 'is no key; expected a public Ed25519 key as PEM'],
  ])('--verify: %s', async (_, path, message) => {
    await expect(verifyingKey(path)).rejects.toThrow(`--verify: ${path} ${message}`);
  });
});

describe('run --evidence --sign, judge --verify', () => {
  const flags = { failOn: 'major', concurrency: 4, quiet: true, only: ['accepts-valid-key'] } as const;

  async function run(more: { evidence?: string; sign?: string }) {
    const environment = sandboxVariables(sandbox.keys);
    const source = { raw: sandboxConfig({ url: sandbox.url }), file: 'test', placeOf: async () => null };
    const targets = await resolveSource(source, { cwd: folder, environment });
    const state = join(folder, 'state.json');
    const interruption = catchInterrupts();
    try {
      return await runTargets(targets, { ...flags, only: [...flags.only], state, ...more }, [], environment, {
        gate: (report) => report,
        interruption,
      });
    } finally {
      interruption.release();
    }
  }

  it('with a key that cannot sign, or nothing to sign, nothing is sent', async () => {
    const before = sandbox.log.length;
    const evidence = join(folder, 'never.json');
    await expect(run({ evidence, sign: own.public })).rejects.toThrow('is a public key');
    await expect(run({ sign: own.private })).rejects.toThrow('--sign: there is no evidence to sign');
    expect(sandbox.log.length).toBe(before);
  });

  it('what was signed is proven; an edit, another key and no signature are told on stderr, and end in 3', async () => {
    const evidence = join(folder, 'evidence.json');
    expect((await run({ evidence, sign: own.private })).code).toBe(0);
    const text = readFileSync(evidence, 'utf8');
    expect(text).not.toContain(readFileSync(own.private, 'utf8').split('\n')[1]);
    const other = file('other.pem', generateKeyPairSync('ed25519').publicKey);
    const verified = async (path: string, verify: string) => {
      const { code, stderr } = await judge(path, { failOn: 'major', verify });
      return [code, stderr];
    };
    expect(await verified(evidence, own.public)).toEqual([0, '']);
    expect(await verified(evidence, other)).toEqual([
      3,
      expect.stringMatching(/^golive-check: .*evidence\.json: --verify: the evidence is signed by another key .*\n$/),
    ]);
    expect(await verified(file('plain.json', smallFile()), own.public)).toEqual([
      3,
      expect.stringContaining('--verify: the evidence is not signed\n'),
    ]);
    const edited = file('edited.json', text.replace('"seed": ', '"seed": 1'));
    expect(await verified(edited, own.public)).toEqual([
      3,
      expect.stringMatching(
        /^golive-check: .*: not as it was written: its digest is .*\ngolive-check: .*: --verify: the signature of the key .*\n$/,
      ),
    ]);
  });
});
