// Every config error says four things: the place, what was found, what was expected, and the nearest choice that is valid.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { UserError } from '../../src/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-bad-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function messageOf(name: string, content: string | Buffer, environment = {}): Promise<string> {
  const home = mkdtempSync(join(folder, 'x-'));
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, name), content);
  const error: unknown = await loadConfig({ cwd: home, config: name, environment }).catch((thrown: unknown) => thrown);
  expect(error, content.toString().slice(0, 200)).toBeInstanceOf(UserError);
  return (error as UserError).message.replaceAll(`${home}/`, '');
}

/** `nearest`: what to write instead, as the message names it. */
interface Case {
  text: string;
  place: string;
  found: string;
  expected: string;
  nearest: string;
}

async function tellsAll(name: string, { text, place, found, expected, nearest }: Case): Promise<void> {
  const message = await messageOf(name, text);
  expect(message.startsWith(`${place}: `), message).toBe(true);
  expect(message).toContain(found);
  expect(message).toContain(`expected ${expected}`);
  expect(message).toContain(nearest);
}

const url = 'https://sandbox.example.com';
const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, at) => {
    const inner = 'abcdefgh'[at];
    return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${inner}`).join(', ')}]`;
  }),
].join('\n');

describe('YAML', () => {
  const row = (text: string, place: string, found: string, expected: string, nearest = expected): Case => {
    return { text, place, found, expected, nearest };
  };
  it.each<Case>([
    // Syntax.
    row('endpoint:\n\turl: x\n', 'a.yaml:2:1', 'found a tab', 'spaces', 'two for each level'),
    row(
      'endpoint:\n  url: x\n environment: y\n',
      'a.yaml:3:1',
      'found an indentation',
      'as many spaces',
      'as many spaces as its neighbours have',
    ),
    row('name: a: b\n', 'a.yaml:1:7', 'found a second name', 'it on a line of its own', 'quotes around'),
    row('name: "a\n', 'a.yaml:2:1', 'found the end of the file', 'a closing double quote'),
    row("name: 'a\n", 'a.yaml:2:1', 'found the end of the file', 'a closing single quote'),
    row('checks: { a: off\n', 'a.yaml:2:1', 'found the end of the file', 'a closing }'),
    row('checks: [a, b}\n', 'a.yaml:1:14', 'found "}"', 'a closing ]'),
    row('name: @a\n', 'a.yaml:1:7', 'found "@"', 'quotes around a text that begins so'),
    row('name: "\\q"\n', 'a.yaml:1:8', 'found an unknown escape', 'single quotes'),
    row('name: a\nextends\n', 'a.yaml:2:1', 'found a name without its colon', 'name: value'),
    row('name: !env KEY\n', 'a.yaml:1:7', 'found a tag (!)', 'none', '${NAME}'),
    row('name: a\n---\nname: b\n', 'a.yaml:2:1', 'found a second document', 'one', 'targets'),
    // Names that stand twice, aliases.
    row('name: a\nclient: {}\nname: b\n', 'a.yaml:3:1', 'found the name "name" twice', 'each name once', 'line 1'),
    row('name: *nme\n', 'a.yaml:1:7', 'found the alias "*nme"', 'one of an anchor before it', 'there is none'),
    row('a: &name x\nname: *nme\n', 'a.yaml:2:7', 'found the alias "*nme"', 'one of', 'did you mean "name"?'),
    row('a: &a\n  b: *a\n', 'a.yaml:2:6', 'found the alias "*a" inside its own anchor', 'no circle'),
    row(
      `a: &a 1\n${'b:\n'}${'  - *a\n'.repeat(501)}`,
      'a.yaml:503:5',
      'found more than 500 aliases',
      'a config as somebody writes one',
    ),
    row(bomb, 'a.yaml:5:8', 'found the alias "*d"', 'a config without such aliases', 'more than 10000 values'),
    // The whole.
    row('', 'a.yaml:1:1', 'config: found an empty file', 'a map of sections', 'endpoint'),
    row('# nothing\n', 'a.yaml:1:1', 'config: found an empty file', 'a map of sections', 'endpoint'),
    row('- a\n', 'a.yaml:1:1', 'config: found a list', 'a map of sections', 'endpoint'),
    row('hello\n', 'a.yaml:1:1', 'config: found a string', 'a map of sections', 'endpoint'),
    row('targets: {}\n', 'a.yaml:1:1', 'targets: found an empty map', 'at least one integration'),
    // Names and values.
    row('name: a\nendpiont: {}\n', 'a.yaml:2:1', 'found the unknown key "endpiont"', 'one of', '"endpoint"?'),
    row(
      `endpoint:\n  url: ${url}\n  enviroment: live\n`,
      'a.yaml:3:3: endpoint.enviroment',
      'found the unknown key "enviroment"',
      'one of ',
      'did you mean "environment"?',
    ),
    row('<<: { name: a }\n', 'a.yaml:1:1: <<', 'found the unknown key "<<"', 'one of', 'extends'),
    row('endpoint: nothing\n', 'a.yaml:1:1: endpoint', 'found "nothing"', 'a map'),
    row('name: [a]\n', 'a.yaml:1:1: name', 'found ["a"]', 'a string'),
    row('name:\n', 'a.yaml:1:1: name', 'found null', 'a string'),
    row(
      `endpoint: { url: ${url}, environment: liv }\n`,
      'a.yaml:1:47: endpoint.environment',
      'found "liv"',
      'one of sandbox, live',
      'did you mean "live"?',
    ),
    row('client: { repeats: 51 }\n', 'a.yaml:1:11: client.repeats', 'found 51', 'at most 50'),
    row('client: { repeats: 0 }\n', 'a.yaml:1:11: client.repeats', 'found 0', 'a number of at least'),
    row('client: { patience: 1.5 }\n', 'a.yaml:1:11: client.patience', 'found 1.5', 'a whole number'),
    row('client: { patience: -1 }\n', 'a.yaml:1:11: client.patience', 'found -1', 'a number of at least 0'),
    row('client: { patience: 1e400 }\n', 'a.yaml:1:11: client.patience', 'found Infinity', 'a number'),
    row('budget: { requests: 0 }\n', 'a.yaml:1:11: budget.requests', 'found 0', 'a number above 0'),
    row('budget: { requests: "9" }\n', 'a.yaml:1:11: budget.requests', 'found "9"', 'a number'),
    row('waivers: {}\n', 'a.yaml:1:1: waivers', 'found {}', 'a list'),
    row('extends: ruma\n', 'a.yaml:1:1: extends', 'found "ruma"', 'a built-in contract', 'did you mean "runa"?'),
    row('extends: ./b.yaml\n', 'a.yaml:1:1: extends', 'found "./b.yaml"', 'a config', 'did you mean "a.yaml"?'),
    row('extends: ./a.yaml\n', 'a.yaml:1:1: extends', 'found "./a.yaml"', 'a contract that does not extend this'),
    row(
      'name: a\nchecks:\n  echoes-version: off\n  ecoes-version: off\n',
      'a.yaml:4:3: checks.ecoes-version',
      'found "ecoes-version"',
      'the id of a check',
      'did you mean "echoes-version"?',
    ),
    row(
      'checks: { echoes-version: of }\n',
      'a.yaml:1:11: checks.echoes-version',
      'found "of"',
      'one of blocker, major, minor, off',
      'did you mean "off"?',
    ),
    row(
      'waivers:\n  - { check: echos-version, reason: x, by: d, until: 2099-01-31 }\n',
      'a.yaml:2:7: waivers.0.check',
      'found "echos-version"',
      'the id of a check',
      'did you mean "echoes-version"?',
    ),
    row(
      'waivers:\n  - { check: echoes-version, reason: x, by: d, until: 2099-02-30 }\n',
      'a.yaml:2:48: waivers.0.until',
      'found "2099-02-30"',
      'a date such as 2027-01-31',
    ),
    row(
      `endpoint:\n  url: ${url}\n  operations: { create: { path: '/a?x={{uniqe}}' } }\n`,
      'a.yaml:3:27: endpoint.operations.create.path',
      'found "{{uniqe}}"',
      'one of {{unique}}',
      'did you mean "{{unique}}"?',
    ),
    row(
      `endpoint: { url: ${url}, restrictedKey: '\${K}', outOfScope: read }\n`,
      'a.yaml:1:47: endpoint.restrictedKey',
      'found "${K}"',
      'it to be set',
      '--env-file',
    ),
  ])('$place: $found', (one) => tellsAll('a.yaml', one));
});

describe('JSON', () => {
  const row = (text: string, place: string, found: string, expected: string, nearest = expected): Case => {
    return { text, place: `a.json:${place}`, found, expected, nearest };
  };
  it.each<Case>([
    row('{"name": "a",}', '1:14', 'found "}"', 'a name in double quotes', 'no comma after the last member'),
    row("{\n  'name': 1}", '2:3', 'found "\'"', 'a name in double quotes'),
    row('{name: 1}', '1:2', 'found "n"', 'a name in double quotes'),
    row('{"name" 1}', '1:9', 'found "1"', 'a colon after the name'),
    row('{"name": x}', '1:10', 'found "x"', 'a value', 'text in double quotes'),
    row('{"name": 1 "b": 2}', '1:12', 'found "\\""', 'a comma before the next'),
    row('{"name": "a', '1:10', 'found "\\""', 'a closing double quote'),
    row('{"name": 1', '1:11', 'found the end of the file', 'a closing }'),
    row('{} {}', '1:4', 'found "{"', 'the end of the file'),
    row('{} // x', '1:4', 'found "/"', 'no comment', '.yaml'),
    row('{"name": "a\tb"}', '1:10', 'found ', 'no control character', '\\t'),
    row('{"name": "\\x"}', '1:10', 'found ', 'one of \\" '),
    row('{\n"name": "a",\n"name": "b"}', '3:1', 'found the name "name" twice', 'each name once', 'line 2'),
    row('', '1:1', 'config: found an empty file', 'a map of sections', 'endpoint'),
    row('[]', '1:1', 'config: found a list', 'a map of sections', 'endpoint'),
    row('{\n "endpiont": {}}', '2:2: endpiont', 'found the unknown key', 'one of', 'did you mean "endpoint"?'),
    row('{"checks":\n{"x": "off"}}', '2:2: checks.x', 'found "x"', 'the id of a check', 'golive-check list'),
    row('{"client": {"logs": [1]}}', '1:22: client.logs.0', 'found 1', 'a string'),
    row(`${'['.repeat(200)}${']'.repeat(200)}`, '1:4', 'found maps or lists', 'at most 100 levels'),
    row(`{"a":${'['.repeat(50_000)}`, '', 'found maps or lists', 'at most 100 levels'),
  ])('$place: $found', (one) => tellsAll('a.json', { ...one, place: one.place.replace(/:$/, '') }));
});

describe('code', () => {
  it.each<[string, Case]>([
    [
      'a.mjs',
      {
        text: 'export default {\n  a: }',
        place: 'a.mjs:2:6',
        found: 'found code',
        expected: 'code that',
        nearest: 'export default { … }',
      },
    ],
    [
      'a.mjs',
      {
        text: '\nthrow new Error("no luck")',
        place: 'a.mjs:2',
        found: 'found code that failed with "no luck"',
        expected: 'code that',
        nearest: 'export default { … }',
      },
    ],
    [
      'a.mjs',
      {
        text: 'export default 1',
        place: 'a.mjs: config',
        found: 'found a number',
        expected: 'a map of sections',
        nearest: 'endpoint',
      },
    ],
    [
      'a.ts',
      {
        text: 'export default { endpiont: {} }',
        place: 'a.ts: endpiont',
        found: 'found the unknown key',
        expected: 'one of',
        nearest: 'did you mean "endpoint"?',
      },
    ],
    [
      'a.mjs',
      {
        text: 'const a = {}; a.client = a; export default a',
        place: 'a.mjs: client.client.client…',
        found: 'found maps or lists',
        expected: 'at most 100 levels',
        nearest: 'in a circle',
      },
    ],
  ])('%s %j', (name, one) => tellsAll(name, one));
});

describe('files', () => {
  it('that are not UTF-8 are refused with the place of the first wrong byte', async () => {
    const bytes = Buffer.from('name: ä\nendpoint:\n  url: h\xe9llo\n', 'latin1');
    const text = Buffer.concat([Buffer.from('name: ä\nclient: ', 'utf8'), Buffer.from([0xe9])]);
    expect(await messageOf('a.yaml', bytes)).toMatch(/^a\.yaml:1:7: found the byte 0xE4, .*; expected text in UTF-8/);
    for (const name of ['a.yaml', 'a.json', 'a.mjs', 'a.ts'])
      expect(await messageOf(name, text)).toContain(`${name}:2:9: found the byte 0xE9, which is not UTF-8`);
    expect(await messageOf('a.yaml', Buffer.from('name: a', 'utf16le'))).toMatch(/expected .*\S/);
    expect(await messageOf('a.yaml', Buffer.from('\ufeffname: a', 'utf16le'))).toMatch(/1:1: found the byte 0xFF/);
  });

  it('that are not there have a neighbour of nearly that name', async () => {
    const home = mkdtempSync(join(folder, 'x-'));
    writeFileSync(join(home, 'golive-check.yaml'), '');
    await expect(loadConfig({ cwd: home, config: 'golive-chek.yaml', environment: {} })).rejects.toThrow(
      /golive-chek\.yaml: found nothing that can be read \(ENOENT\); expected a config; did you mean "golive-check\.yaml"\?$/,
    );
  });
});
