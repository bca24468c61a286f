// Names that every object inherits, names that are keys, and text that deceives a reader, in configs and in what reads them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { environmentWith } from '../../src/cli/env-file.js';
import { interpolate } from '../../src/config/interpolate.js';
import { loadConfig, resolveSource } from '../../src/config/load.js';
import { merge } from '../../src/config/merge.js';
import { parseText } from '../../src/config/source.js';
import { UserError } from '../../src/errors.js';

const INHERITED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];
const url = 'https://sandbox.example.com';
// The shape of a key, and none.
const KEY = `sk_live_${'4eC39HqLyjWDarjt'}`;
const folder = mkdtempSync(join(tmpdir(), 'golive-hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function targetOf(raw: object, environment: NodeJS.ProcessEnv = {}) {
  const source = { raw, file: '/nowhere/a.json', placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: '/nowhere', environment });
  if (target === undefined) throw new Error('no target');
  return target;
}

async function messageOf(raw: object, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const error: unknown = await targetOf(raw, environment).catch((thrown: unknown) => thrown);
  expect(error, JSON.stringify(raw)).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

describe.each(INHERITED)('%s', (name) => {
  it('is no variable of the environment, as a process has it and as a plain object', async () => {
    for (const environment of [process.env, {}]) {
      const { missing, value } = interpolate({ a: `x \${${name}}` }, environment);
      expect([missing, value]).toEqual([[{ path: ['a'], name }], { a: `x \${${name}}` }]);
    }
    expect(await messageOf({ endpoint: { url, key: `\${${name}}` } })).toContain(
      `endpoint.key: found "\${${name}}", but the environment variable ${name} is not set`,
    );
  });

  // Node's parser of such files takes no __proto__.
  it.skipIf(name === '__proto__')('is a variable where a file sets it', async () => {
    const file = join(folder, `${name}.env`);
    writeFileSync(file, `${name}=from-the-file\n`);
    expect(interpolate(`\${${name}}`, await environmentWith(file)).value).toBe('from-the-file');
  });

  it('is no contract, no operation, no check and no environment', async () => {
    expect(await messageOf({ extends: name, endpoint: { url } })).toContain(
      `extends: found "${name}"; expected a built`,
    );
    const endpoint = (more: object) => ({ endpoint: { url, ...more } });
    expect(await messageOf(endpoint({ environment: name }))).toContain('expected one of sandbox, live');
    expect(await messageOf({ checks: JSON.parse(`{"${name}":"off"}`) as object, endpoint: { url } })).toMatch(
      /checks\.\w+: found .*; expected /,
    );
    const takes = { quote: { operation: name, value: '/id' } };
    const operations = { read: { path: '/ping' }, create: { path: '/a', takes } };
    expect(await messageOf(endpoint({ operations }))).toContain(`found "${name}"; expected another operation (read)`);
    const { config } = await targetOf(endpoint({ operations: { read: { path: '/ping' } } }));
    expect(config.endpoint?.operations[name]).toBeUndefined();
  });

  it('is an unknown key of a section', async () => {
    const raw = JSON.parse(`{"endpoint":{"url":"${url}","${name}":{"a":1}}}`) as object;
    expect(await messageOf(raw)).toMatch(/^\/nowhere\/a\.json: endpoint\.\w+: found the .*; expected /);
  });

  it('changes nothing that others inherit when layers are merged', () => {
    const layer = JSON.parse(`{"${name}":{"planted":1},"a":{"${name}":{"planted":1}}}`) as object;
    const merged = merge({ a: { b: 1 } }, layer) as Record<string, unknown>;
    expect(Object.hasOwn(merged, name)).toBe(true);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).planted).toBeUndefined();
    expect(JSON.stringify(merged)).toBe(
      JSON.stringify({ a: { b: 1 } })
        .replace('"b":1', `"b":1,"${name}":{"planted":1}`)
        .replace(/\}$/, `,"${name}":{"planted":1}}`),
    );
  });
});

it('an operation may have a name that others inherit, and a contract, too', async () => {
  const target = await targetOf(
    {
      endpoint: { url, key: '${KEY}', operations: { toString: { path: '/a' }, constructor: { path: '/b' } } },
      contract: {
        errors: { byStatus: { '404': {} } },
        version: { name: 'v', value: 'constructor', removed: { '1': 410 } },
      },
    },
    { KEY: 'a-usual-key' },
  );
  expect(Object.keys(target.config.endpoint?.operations ?? {})).toEqual(
    expect.arrayContaining(['toString', 'constructor']),
  );
  expect(target.contract.version?.removed?.constructor).toBeUndefined();
});

describe('a key as the name of a member', () => {
  it.each([
    [
      'a.yaml',
      `endpoint:\n  url: ${url}\n  operations:\n    create:\n      path: /a\n      body: { ${KEY}: 1 }\n`,
      ':6:15',
    ],
    ['a.json', `{"endpoint":\n{"headers":{"${KEY}":"x"}}}`, ':2:13'],
    ['a.yaml', `targets:\n  ${KEY}: {}\n`, ':2:3'],
    ['a.yaml', `${KEY}: 1\n`, ':1:1'],
    ['a.mjs', `export default { client: { env: { ${KEY}: 'x' } } }`, ''],
    ['a.yaml', `name: a\nenv:\n  - { x: [{ ${KEY}: 1 }] }\n`, ':3:13'],
  ])('is refused in %s, and not printed: %j', async (name, text, place) => {
    writeFileSync(join(folder, name), text);
    const error: unknown = await loadConfig({ cwd: folder, config: name, environment: {} }).catch(
      (one: unknown) => one,
    );
    const { message } = error as UserError;
    expect(error).toBeInstanceOf(UserError);
    expect(message).toContain(`${name}${place}: `);
    expect(message).toContain('found a name that looks like a credential; expected a name that is no secret');
    expect(message).not.toContain(KEY.slice(0, 14));
  });

  it.each([
    ['a.yaml', `name: a\n${KEY}: 1\n${KEY}: 2\n`],
    ['a.yaml', `name: *${KEY}\n`],
    ['a.yaml', `name: "a" ${KEY}\n`],
    ['a.yaml', `name: b: ${KEY}\n`],
    ['a.json', `{"endpoint": {"key": "${KEY}" x}}`],
    ['a.json', `{"endpoint": {"key": ${KEY}}}`],
    ['a.json', `{"${KEY}": 1, "${KEY}": 2}`],
    ['a.mjs', `throw new Error('${KEY}')`],
    ['a.mjs', `export default { a: ${KEY}-}`],
  ])('is not printed where %s cannot be read: %j', async (name, text) => {
    writeFileSync(join(folder, name), text);
    const error: unknown = await loadConfig({ cwd: folder, config: name, environment: {} }).catch(
      (one: unknown) => one,
    );
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).not.toContain(KEY.slice(0, 14));
  });
});

describe('text that deceives', () => {
  const DECEIVING = [
    '\r\nHost: evil.example',
    '\n',
    '\t',
    '\0',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u00ad',
    '\u2028',
    '\ufeff',
    '\u009b2J',
  ];
  const middle = (text: string, odd: string) => `${text.slice(0, -3)}${odd}${text.slice(-3)}`;
  it.each(DECEIVING)('%j is refused in URLs and paths', async (odd) => {
    const bad: object[] = [
      { endpoint: { url: middle(url, odd) } },
      { endpoint: { url, plainUrl: middle('http://sandbox.example.com', odd) } },
      { endpoint: { url, operations: { read: { path: middle('/orders', odd) } } } },
      { endpoint: { url, egress: { a: { via: middle('http://proxy.example:3128', odd), listed: true } } } },
      { contract: { environments: { sandbox: { url: middle(url, odd) } } } },
    ];
    for (const raw of bad)
      expect(await messageOf(raw)).toMatch(
        /^\/nowhere\/a\.json: [\w.]+: found "[^\n]*; expected one line without invisible/,
      );
    // And where it comes from the environment.
    expect(await messageOf({ endpoint: { url: '${API_URL}' } }, { API_URL: middle(url, odd) })).toContain(
      'endpoint.url: found "${API_URL}"; expected one line',
    );
  });

  it('a place in YAML survives it', async () => {
    const { placeOf } = await parseText('a.yaml', 'endpoint:\n  "u\\u202erl": 1\n');
    expect(await placeOf(['endpoint', 'u\u202erl'])).toEqual({ line: 2, column: 3 });
  });
});
