import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig, type ResolvedTarget, resolveSource } from '../../src/config/load.js';
import { merge } from '../../src/config/merge.js';
import { credentialsOf } from '../../src/config/via.js';
import { UserError } from '../../src/errors.js';
import { createRedactor } from '../../src/redaction/redact.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/configs/', import.meta.url));
const KEY = 'planted-canary-0123456789';
const load = async (config: string, environment: NodeJS.ProcessEnv = { API_KEY: KEY }) =>
  (await loadConfig({ config: FIXTURES + config, cwd: FIXTURES, environment })).targets;
async function only(config: string): Promise<ResolvedTarget> {
  const [target, ...others] = await load(config);
  expect(others).toEqual([]);
  if (target === undefined) throw new Error('no target');
  return target;
}

describe('invalid configs: one clear message with place, value and expectation', () => {
  it.each([
    [
      'unknown-key.yaml',
      /unknown-key\.yaml:3:3: endpoint\.enviroment: found the unknown key "enviroment"; expected one of .*environment.*; did you mean "environment"\?/,
    ],
    [
      'literal-key.yaml',
      /literal-key\.yaml:3:\d+: endpoint\.key: found a literal that is, or looks like, a credential/,
    ],
    ['literal-in-header.yaml', /:4:\d+: endpoint\.headers\.Authorization: found a literal/],
    ['literal-vendor-key.yaml', /:4:\d+: endpoint\.operations\.create\.body\.token: found a literal/],
    ['literal-login.yaml', /^[^\n]*:7:\d+: contract\.auth\.login\.body\.password: found a literal[^\n]*$/],
    [
      'bad-url.yaml',
      /:2:\d+: endpoint\.url: found "sandbox\.example\.com\/v1"; expected an http:\/\/ or https:\/\/ URL/,
    ],
    ['bad-status.json', /bad-status\.json:3:\d+: contract\.auth\.missing.*expected/],
    ['not-yaml.yaml', /not-yaml\.yaml:\d+:\d+: not valid YAML/],
    ['not-json.json', /not-json\.json:\d+:\d+: not valid JSON/],
    ['unknown-contract.yaml', /extends: found "ieft"; expected a built-in contract.*did you mean "ietf"\?/],
    ['no-path.yaml', /endpoint\.operations\.create\.path: missing/],
    ['bad-provoke.yaml', /:3:\d+: endpoint\.provoke\.1: found 404; expected one of 405, 413, 414, 415/],
    ['wrong-environment.yaml', /:3:\d+: endpoint\.environment: found "production"; expected one of sandbox, live/],
    [
      'bad-via.yaml',
      /:4:\d+: endpoint\.egress\.office\.via: found "sock5:\/\/proxy:1080"; expected direct, an address of this machine, or a proxy/,
    ],
    ['bad-address.yaml', /:6:\d+: endpoint\.egress\.office\.address: found "203\.0\.113\.256"; expected an IP address/],
    ['literal-proxy-password.yaml', /:4:\d+: endpoint\.egress\.office\.via: found a literal that is, or looks like/],
    ['circle.yaml', /goes in a circle/],
    ['empty.yaml', /an empty file/],
    [
      'unknown-workload.yaml',
      /:4:\d+: client\.workloads\.lists: found the unknown key "lists"; expected one of .*; did you mean "list"\?/,
    ],
    [
      'unknown-next-operation.yaml',
      /:8:\d+: client\.businessErrors\.quote_expired\.operation: found "quotes".*did you mean "quote"\?/,
    ],
    ['unknown-next-operation.yaml', /:9:\d+: client\.businessErrors\.price_changed\.operation: missing/],
    [
      'bad-schema.yaml',
      /:6:\d+: endpoint\.operations\.create\.schema: found one that cannot be used \(schema is invalid/,
    ],
    [
      'unknown-template.yaml',
      /:6:\d+: endpoint\.operations\.create\.body\.reference: found "\{\{uniqe\}\}"; expected .*did you mean "\{\{unique\}\}"\?/,
    ],
    ['unknown-template.yaml', /:7:\d+: endpoint\.operations\.create\.count\.path: found "\{\{id\}\}"; expected one of/],
    [
      'unset-variable.yaml',
      /:3:\d+: endpoint\.key: found "\$\{NOBODY_SETS_THIS\}", but the environment variable NOBODY_SETS_THIS is not set/,
    ],
  ])('%s', async (file, message) => {
    const error: unknown = await load(`invalid/${file}`).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(message);
    expect((error as UserError).message).not.toMatch(/my-plain-key|abcdefghijklmnop|AKIAIOS/);
  });
});

describe('a variable that is not set, while a file beside the config or in this folder sets it', () => {
  const WRITTEN = 'endpoint: { url: "https://a.example", key: "${API_KEY}" }\n';
  const inFolder = async (act: (folder: string) => Promise<void>) => {
    const folder = mkdtempSync(join(tmpdir(), 'unset-'));
    await act(folder).finally(() => rmSync(folder, { recursive: true }));
  };
  const messageIn = async (cwd: string, config: string, environment: NodeJS.ProcessEnv = {}) => {
    writeFileSync(config, WRITTEN);
    const error: unknown = await loadConfig({ config, cwd, environment }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  };

  it.each([
    ['.env', `API_KEY=${KEY}\n`, '.env'],
    ['.env', `# comment\nexport API_KEY="${KEY}"\nOTHER=1`, '.env'],
    ['.env.local', `API_KEY=${KEY}`, '.env.local'],
    ['apps/.env', `API_KEY='${KEY}'`, 'apps/.env'],
  ])('%s: %j', (file, content, named) =>
    inFolder(async (folder) => {
      mkdirSync(join(folder, 'apps'));
      writeFileSync(join(folder, file), content);
      const message = await messageIn(folder, join(folder, 'apps/golive-check.yaml'), { API_KEY: '' });
      expect(message).toMatch(/variable API_KEY is not set \(or empty\); expected --env-file \S+, which sets it$/);
      expect(message).toContain(`--env-file ${named},`);
      expect(message).not.toContain(KEY);
    }));

  it.each([
    '',
    `API_KEYS=${KEY}`,
    '#API_KEY=1',
    'API_KEY=',
    '\0\0API_KEY',
    `${' '.repeat(1_100_000)}\nAPI_KEY=${KEY}`,
  ])('a file that does not set it changes nothing: %#', (content) =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, '.env'), content);
      const message = await messageIn(folder, join(folder, 'a.yaml'));
      expect(message).toMatch(/expected it to be set, or --env-file with a file that sets it$/);
    }));

  it('what cannot be read is no error of its own', () =>
    inFolder(async (folder) => {
      mkdirSync(join(folder, '.env'));
      expect(await messageIn(folder, join(folder, 'a.yaml'))).toMatch(/--env-file with a file that sets it$/);
    }));
});

describe('what is wrong is told where it stands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golive-wrong-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const endpoint = (text: string) => `endpoint: { url: https://sandbox.example.com, ${text} }`;
  const messageOf = async (name: string, text: string, named: boolean, environment: NodeJS.ProcessEnv = {}) => {
    const home = mkdtempSync(join(folder, 'x-'));
    writeFileSync(join(home, name), text);
    const options = { cwd: home, environment, config: named ? name : undefined };
    const error: unknown = await loadConfig(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message.replaceAll(home, '');
  };

  it.each([
    ['a.yaml', '- a\n', /^\/a\.yaml:1:1: config: found a list; expected a map of sections: .*extends, /],
    ['a.yaml', 'a: &a [*a]', /^\/a\.yaml:1:8: found the alias "\*a" inside its own anchor \(&a\); expected no circle$/],
    [
      'a.yaml',
      'a: 1\n\tb: 2\n',
      /^\/a\.yaml:2:1: not valid YAML: found a tab as indentation; expected spaces, two for each level$/,
    ],
    ['a.yaml', '\nextends: iett\n', /^\/a\.yaml:2:\d+: extends: found "iett"; .*did you mean "ietf"\?$/],
    [
      'a.yaml',
      '\nextends: ./b.yaml\n',
      /^\/a\.yaml:2:\d+: extends: found "\.\/b\.yaml", but \/b\.yaml: found nothing that can be read \(ENOENT\); expected a config; did you mean "a\.yaml"/,
    ],
    [
      'a.yaml',
      '\nextends: [ietf, ./b.mjs]\n',
      /^\/a\.yaml:2:\d+: extends: found "\.\/b\.mjs", but \/b\.mjs: found nothing that can be read/,
    ],
    ['a.yaml', '\nextends: ./a.yaml\n', /^\/a\.yaml:2:\d+: extends: .*goes in a circle \(.*\); expected a contract/],
    ['a.yaml', 'targets:\n', /^\/a\.yaml:1:\d+: targets: found null; expected a map$/],
    [
      'a.yaml',
      'targets: { a: {} }\nchecks: {}\n',
      /^\/a\.yaml:2:\d+: checks: found a section beside targets; expected it within each/,
    ],
    [
      'a.yaml',
      'endpoint: { url: "https://bob:hunter22@a.example" }',
      /"https:\/\/…@a\.example"; expected a URL without user/,
    ],
    ['a.yaml', 'endpoint: { url: "https://a.example/v1?a=1" }', /expected a URL without query and fragment$/],
    ['a.yaml', 'endpoint: { url: "http:/a" }', /found "http:\/a"; expected/],
    ...['auth: { publicPrefix: "(" }', 'idempotency: { characters: "(" }'].map((rule): [string, string, RegExp] => [
      'a.yaml',
      `contract:\n  ${rule}`,
      /^\/a\.yaml:2:\d+: contract\.\w+\.\w+: found "\("; expected a regular expression/,
    ]),
    [
      'a.yaml',
      endpoint('operations: { read: { path: "https://a.example/x" } }'),
      /operations\.read\.path: found "https:.*expected a path/,
    ],
    [
      'a.yaml',
      endpoint('headers: { X-Team: "a\\nb" }'),
      /endpoint\.headers\.X-Team: .*expected a header value: one line/,
    ],
    [
      'a.config.ts',
      'export default {\n  a: 1,\n  b: \n};',
      /^\/a\.config\.ts:4:1: found code that cannot be parsed \(ParseError: Unexpected token\); expected code/,
    ],
  ])('in %s: %j', async (name, text, message) => {
    expect(await messageOf(name, text, true)).toMatch(message);
  });

  it.each([
    ['golive-check.yaml', '', /^\/golive-check\.yaml:1:1: config: found an empty file; expected a map of sections/],
    [
      'golive-check.yaml',
      '# nothing yet\n',
      /^\/golive-check\.yaml:1:1: config: found an empty file; expected a map of sections/,
    ],
    ['package.json', '{"name":"x",', /^\/package\.json:1:13: not valid JSON: found the end of the file; expected /],
  ])('where it was searched for: %s with %j', async (name, text, message) => {
    expect(await messageOf(name, text, false)).toMatch(message);
  });

  it('a password of the base URL from the environment is refused and not shown', async () => {
    const text = 'endpoint: { url: "https://bob:${PASSWORD}@a.example" }';
    const message = await messageOf('a.yaml', text, true, { PASSWORD: 'hunter22' });
    expect(message).toMatch(/endpoint\.url: .*expected a URL without user and password/);
    expect(message).not.toContain('hunter22');
  });

  it('a plan needs the variable of a URL, and no other', async () => {
    const plan = (raw: object) =>
      resolveSource(
        { raw, file: '/a.json', placeOf: async () => null },
        { cwd: '/', environment: {}, allowMissing: true },
      );
    await plan({ endpoint: { url: 'https://a.example', key: '${KEY}' } });
    await expect(plan({ endpoint: { url: '${API_URL}', key: '${KEY}' } })).rejects.toThrow(
      /^\/a\.json: endpoint\.url: found "\$\{API_URL\}", but the environment variable API_URL is not set[^\n]*$/,
    );
  });

  it('a byte order mark is none of it', async () => {
    writeFileSync(join(folder, 'bom.json'), '\uFEFF{"endpoint":{"url":"https://sandbox.example.com"}}');
    await loadConfig({ cwd: folder, environment: {}, config: 'bom.json' });
  });
});

describe('every form of config', () => {
  it('TypeScript that imports golive-check, without installing it', async () => {
    const target = await only('valid/typescript.ts');
    expect(target.config.endpoint?.key).toBe(KEY);
    expect(target.extends).toEqual(['none']);
    expect(target.contract.idempotency).toBeUndefined();
    expect(target.secrets).toEqual([{ name: 'API_KEY', value: KEY, kind: 'credential' }]);
  });

  it('JavaScript that exports a function', async () => {
    expect((await only('valid/javascript.mjs')).config.endpoint?.key).toBe(KEY);
  });

  it('a file that extends a file: merged deeply, the user last', async () => {
    const target = await only('valid/extends-a-file.yaml');
    expect(target.contract.idempotency).toMatchObject({
      header: 'X-Idempotency-Key',
      quoted: false,
      maxLength: 128,
      changedBody: [422, 409, 400],
    });
    expect(target.contract.requestId?.headers).toEqual(['X-Request-Id']);
    expect(target.contract.errors?.default?.contentType).toBe('application/problem+json');
  });

  it('several targets, each with its own contract', async () => {
    const targets = await load('valid/many-targets.yaml');
    expect(targets.map((target) => [target.name, target.byDefault, target.contract.idempotency?.header])).toEqual([
      ['orders', true, 'Idempotency-Key'],
      ['payouts', false, undefined],
    ]);
  });

  const folder = mkdtempSync(join(tmpdir(), 'golive-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const plain = { endpoint: { url: 'https://sandbox.example.com' } };
  it.each([
    ['golive-check.yaml', 'endpoint: { url: https://sandbox.example.com }'],
    ['golive-check.config.ts', `export default ${JSON.stringify(plain)} satisfies object;`],
    ['golive-check.config.mts', `export default ${JSON.stringify(plain)};`],
    ['golive-check.config.mjs', `export default ${JSON.stringify(plain)};`],
    ['golive-check.config.cjs', `module.exports = ${JSON.stringify(plain)};`],
    ['golive-check.config.js', `export default ${JSON.stringify(plain)};`],
    ['golive-check.config.json', JSON.stringify(plain)],
    ['golive-check.config.yml', 'endpoint: { url: https://sandbox.example.com }'],
    ['.golive-checkrc', 'endpoint: { url: https://sandbox.example.com }'],
    ['.golive-checkrc.json', JSON.stringify(plain)],
    ['package.json', JSON.stringify({ name: 'x', 'golive-check': plain })],
  ])('is found as %s, from a folder below too', async (name, text) => {
    const home = join(folder, name.replaceAll('.', '_'));
    const below = join(home, 'src', 'deep');
    mkdirSync(below, { recursive: true });
    if (name !== 'package.json') writeFileSync(join(home, 'package.json'), '{"name":"x"}');
    writeFileSync(join(home, name), text);
    for (const cwd of [home, below]) {
      const { targets, file } = await loadConfig({ cwd, environment: {} });
      expect(file).toBe(join(home, name));
      expect(targets[0]?.config.endpoint?.url).toBe('https://sandbox.example.com');
    }
  });
});

describe('a built-in contract with an endpoint of its own', () => {
  const target = async (raw: object, environment: NodeJS.ProcessEnv = {}) => {
    const source = { file: '/nowhere/golive-check.json', raw, placeOf: async () => null };
    const [only] = await resolveSource(source, { cwd: '/nowhere', environment });
    if (only === undefined) throw new Error('no target');
    return only;
  };

  it('needs a key, and no URL', async () => {
    const { config } = await target({ extends: 'runa', endpoint: { key: '${K}' } }, { K: 'xxTEST.0123456789' });
    expect(config.endpoint?.url).toBe('https://playground.runa.io/v2');
    expect(config.endpoint?.operations.read?.path).toBe('/ping');
  });

  it('is not reached where nobody asks for an endpoint, and its log-in needs no credentials', async () => {
    const { config, contract } = await target({ extends: 'killb', client: { command: 'node ramp.js' } });
    expect(config.endpoint).toBeUndefined();
    expect(contract.errors?.default?.code).toBe('/errorCode');
    await expect(target({ extends: 'killb', endpoint: {} })).rejects.toThrow(
      /contract\.auth\.login\.body\.email: .* the environment variable KILLB_EMAIL is not set/,
    );
  });

  it('attacks no receiver where nobody asks for one, and has a sample event for the one that is asked for', async () => {
    expect((await target({ extends: 'securbase' })).config.webhook).toBeUndefined();
    const { config } = await target({ extends: 'securbase', webhook: { url: 'http://127.0.0.1:3000/hooks' } });
    expect(config.webhook?.event).toMatchObject({ type: 'order.paid' });
  });

  it('says which URL is missing where the provider names none', async () => {
    await expect(target({ extends: 'securbase', endpoint: {} })).rejects.toThrow(
      /endpoint\.url: missing; expected an http:\/\/ or https:\/\/ URL/,
    );
  });
});

describe('proxies of vantage points', () => {
  const PASSWORD = 'p@ss/wörd#1';
  const resolve = async (via: string, environment: NodeJS.ProcessEnv) => {
    const raw = { endpoint: { url: 'https://sandbox.example.com', egress: { office: { via, listed: true } } } };
    const source = { raw, file: '/golive-check.json', placeOf: async () => null };
    const [target] = await resolveSource(source, { cwd: '/', environment });
    if (target === undefined) throw new Error('no target');
    return { via: target.config.endpoint?.egress?.office?.via ?? '', secrets: target.secrets };
  };

  it('take user and password from the environment, whatever characters these have', async () => {
    const { via, secrets } = await resolve('http://${USER_NAME}:${PASSWORD}@proxy:3128', {
      USER_NAME: 'corp\\bob',
      PASSWORD,
    });
    expect(credentialsOf(new URL(via))).toEqual({ user: 'corp\\bob', password: PASSWORD });
    expect(secrets.map(({ name, value }) => [name, value])).toEqual([
      ['USER_NAME', 'corp\\bob'],
      ['PASSWORD', PASSWORD],
      ['endpoint.egress.office.via', PASSWORD],
      ['endpoint.egress.office.via', `corp\\bob:${PASSWORD}`],
    ]);
    const redactor = createRedactor(secrets);
    for (const text of [via, PASSWORD, Buffer.from(`corp\\bob:${PASSWORD}`).toString('base64')])
      expect(redactor.redact(text).text, text).not.toMatch(/p@ss|p%40ss|Y29ycFxib2I6|bob/);
  });

  it('a variable may hold the whole URL', async () => {
    const { via, secrets } = await resolve('${OFFICE_PROXY}', { OFFICE_PROXY: 'socks5://bob:hunter22@proxy:1080' });
    expect(via).toBe('socks5://bob:hunter22@proxy:1080');
    expect(secrets.map(({ value }) => value)).toEqual(['hunter22', 'bob:hunter22']);
  });

  it('a host from the environment is no secret, and a password of three characters is refused', async () => {
    expect((await resolve('http://${HOST}:3128', { HOST: 'proxy.example.com' })).secrets).toEqual([]);
    await expect(resolve('http://bob:${PASSWORD}@proxy', { PASSWORD: 'abc' })).rejects.toThrow(/3 characters/);
  });

  it('a wrong one from the environment is refused without its credentials', async () => {
    await expect(resolve('${PROXY}', { PROXY: 'ftp://bob:hunter22@proxy' })).rejects.toThrow(/found "proxy"; expected/);
  });
});

describe('merging', () => {
  it('an operation with another path keeps nothing of the base; one with the same path the rest', () => {
    const base = { endpoint: { operations: { create: { path: '/customers', form: { a: 1 }, expect: 200 } } } };
    const create = (layer: object) => merge(base, { endpoint: { operations: { create: layer } } });
    expect(create({ path: '/charges', form: { b: 2 } })).toEqual({
      endpoint: { operations: { create: { path: '/charges', form: { b: 2 } } } },
    });
    expect(create({ form: { b: 2 } })).toEqual({
      endpoint: { operations: { create: { path: '/customers', form: { a: 1, b: 2 }, expect: 200 } } },
    });
    expect(create({ body: { b: 2 } })).toEqual({
      endpoint: { operations: { create: { path: '/customers', body: { b: 2 }, expect: 200 } } },
    });
  });

  it('a sample event is taken whole, and another scheme keeps nothing of the base', () => {
    const base = {
      contract: { webhook: { scheme: 'svix', header: 'svix-signature', ackMs: 15_000 } },
      webhook: { event: { id: 'O-1', total: '10.00' } },
    };
    expect(merge(base, { webhook: { url: 'http://127.0.0.1', event: { id: 'x' } } })).toEqual({
      ...base,
      webhook: { url: 'http://127.0.0.1', event: { id: 'x' } },
    });
    const webhook = (layer: object) => merge(base, { contract: { webhook: layer } });
    expect(webhook({ scheme: 'github' })).toMatchObject({ contract: { webhook: { scheme: 'github' } } });
    expect(webhook({ scheme: 'github' })).not.toHaveProperty('contract.webhook.header');
    expect(webhook({ scheme: 'svix', ackMs: 1 })).toHaveProperty('contract.webhook.header', 'svix-signature');
  });

  it('one place for the credential takes the other away', () => {
    const base = {
      contract: {
        auth: { headers: [{ name: 'Authorization' }], missing: 401 },
        idempotency: { header: 'Idempotency-Key', quoted: true },
      },
    };
    expect(merge(base, { contract: { auth: { basic: {} }, idempotency: { bodyField: '/externalId' } } })).toEqual({
      contract: { auth: { basic: {}, missing: 401 }, idempotency: { bodyField: '/externalId' } },
    });
  });
});
