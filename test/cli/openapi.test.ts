// endpoint.openapi through the built tool: what is read, what is refused before anything is sent, and what is judged by it.
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../src/files/temporary.js';
import type { Report } from '../../src/report/schema.js';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { sandboxDescription } from '../../src/sandbox/description.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { runCli } from '../helpers/cli.js';

const folder = makeTemporaryFolder('golive-check-openapi');
const FIXTURES = join(import.meta.dirname, '../../fixtures/clients');
const CHECKS = ['answers-as-described', 'documents-its-errors'];
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  folder.remove();
  await sandbox.close();
});

function write(name: string, content: unknown): void {
  writeFileSync(join(folder.path, name), typeof content === 'string' ? content : JSON.stringify(content));
}

interface Config {
  endpoint: { openapi?: string; operations: { create: { schema?: unknown } } };
}

/** `client`: a sample, for whose bodies the config has no schema. */
async function run(openapi: string, words: readonly string[], client?: string) {
  const file = client === undefined ? {} : { client: join(FIXTURES, `${client}.mjs`), repeats: 5 };
  const config = sandboxConfig({ ...sandbox, ...file }) as unknown as Config;
  config.endpoint.openapi = openapi;
  if (client !== undefined) delete config.endpoint.operations.create.schema;
  write('config.json', config);
  return runCli([...words, '-c', 'config.json', '--quiet'], folder.path, sandboxVariables(sandbox.keys));
}

function outcomes(stdout: string) {
  const { checks } = JSON.parse(stdout) as Report;
  return Object.fromEntries(checks.map(({ id, outcome, code }) => [id, `${outcome} ${code}`]));
}

describe('endpoint.openapi', () => {
  it('is held against the answers, and the evidence judged again needs it no more', async () => {
    const { paths, ...rest } = sandboxDescription(sandbox.url);
    const { '/ping': _, ...others } = paths;
    const orders = {
      ...paths['/orders'],
      post: { ...paths['/orders'].post, responses: { 201: { description: 'Made' } } },
    };
    write('spec.json', { ...rest, paths: { ...others, '/orders': orders } });
    const first = await run('./spec.json', ['run', '--only', ...CHECKS, '--json', '--evidence', 'evidence.json']);
    expect(outcomes(first.stdout)).toEqual({
      'answers-as-described': 'pass fits',
      'documents-its-errors': 'fail undocumented',
    });
    expect(first.stdout).toMatch(/Not compared: \d+ answers of what the description does not have \(GET \/v1\/ping/);
    rmSync(join(folder.path, 'spec.json'));
    const again = await runCli(['judge', 'evidence.json', '--json'], folder.path);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(first.stdout));
    for (const key of Object.values(sandbox.keys)) expect(first.stdout).not.toContain(key);
  });

  it('is refused before anything is sent, with the place and what was expected', async () => {
    write('broken.yaml', 'openapi: 3.0.0\npaths:\n  orders: {}\n');
    const only = ['run', '--only', ...CHECKS];
    const broken = await run('broken.yaml', only);
    expect([broken.code, broken.stdout]).toEqual([2, '']);
    expect(broken.stderr).toContain(
      'endpoint.openapi: ' +
        `${join(folder.path, 'broken.yaml')}:3:3: paths.orders: found a path without a slash; expected one such as /orders`,
    );
    const missing = await run('brokn.yaml', only);
    expect([missing.code, missing.stdout]).toEqual([2, '']);
    expect(missing.stderr).toMatch(
      /brokn\.yaml: found nothing that can be read \(ENOENT\).*did you mean "broken\.yaml"\?/,
    );
    const named = await run('https://user:canary4711@api.example.com/spec', only);
    expect(named.code).toBe(2);
    expect(named.stderr).toContain('expected a URL without user and password');
    expect(named.stderr).not.toContain('canary4711');
    // Nobody reads it where no check needs it.
    expect((await run('broken.yaml', ['run', '--only', 'rejects-wrong-key'])).code).toBe(0);
  });

  it('may be a URL, whose query no message shows', async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url?.startsWith('/spec?') === true ? 200 : 404);
      response.end(JSON.stringify(sandboxDescription(sandbox.url)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const sound = await run(`${origin}/spec?token=canary-4711`, ['run', '--only', ...CHECKS, '--json']);
    const gone = await run(`${origin}/gone?token=canary-4711`, ['run', '--only', ...CHECKS]);
    server.close();
    expect(outcomes(sound.stdout)).toEqual({
      'answers-as-described': 'pass fits',
      'documents-its-errors': 'pass documented',
    });
    expect(gone.code).toBe(2);
    expect(gone.stderr).toContain(`${origin}/gone: found nothing that can be read (HTTP 404)`);
    expect(`${sound.stdout}${sound.stderr}${gone.stderr}`).not.toContain('canary-4711');
  });

  it('says what the bodies of the client must be like, where the config does not', async () => {
    write('spec.json', sandboxDescription(sandbox.url));
    const words = ['run', '--only', 'sends-valid-bodies', '--json'];
    expect(outcomes((await run('spec.json', words, 'equal-jitter')).stdout)).toEqual({
      'sends-valid-bodies': 'pass fit',
    });
    const sinner = await run('spec.json', words, 'amount-as-text');
    expect(outcomes(sinner.stdout)).toEqual({ 'sends-valid-bodies': 'fail unfit' });
    expect(sinner.stdout).toContain('/amount must be integer');
  });
});
