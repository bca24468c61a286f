// A real application with its own authentication: a private npm registry on loopback.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/sandbox/free-port.js';
import { outcomes, reportOf } from '../helpers/cli.js';
import { type Program, startProgram } from '../helpers/program.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PASSWORD = 'a-pass-word-for-this-test';

describe('Verdaccio', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golive-verdaccio-'));
  let verdaccio: Program;
  let url: string;
  let token: string;

  beforeAll(async () => {
    writeFileSync(
      join(folder, 'config.yaml'),
      "storage: ./storage\nauth: { htpasswd: { file: ./htpasswd } }\nuplinks: {}\npackages: { '**': { access: $authenticated, publish: $authenticated } }\nlog: { type: stdout, format: json, level: error }\n",
    );
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    verdaccio = await startProgram(
      [`${ROOT}node_modules/verdaccio/bin/verdaccio`, '-c', join(folder, 'config.yaml'), '-l', `127.0.0.1:${port}`],
      {
        cwd: folder,
        ready: async () => (await fetch(`${url}/-/ping`)).ok,
      },
    );
    const answer = await fetch(`${url}/-/user/org.couchdb.user:dana`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'dana', password: PASSWORD }),
    });
    token = ((await answer.json()) as { token: string }).token;
  });
  afterAll(async () => {
    await verdaccio?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is judged rightly, line by line', async () => {
    const report = await reportOf(['run', '-c', `${ROOT}fixtures/configs/valid/verdaccio.yaml`], {
      VERDACCIO_URL: url,
      VERDACCIO_TOKEN: token,
      VERDACCIO_PASSWORD: PASSWORD,
    });
    expect(outcomes(report)).toEqual({
      'accepts-valid-key': 'pass accepted',
      'rejects-missing-key': 'pass refused',
      'rejects-wrong-key': 'pass refused',
      'ignores-key-in-query': 'inconclusive indistinct', // missing and wrong keys are answered alike
      'challenges-unauthenticated-calls': 'pass challenged',
      // It knows no idempotency key: each repeat makes another token.
      'replays-first-response': 'fail differs',
      'creates-once-on-replay': 'fail several',
      'creates-once-under-concurrency': 'fail several',
      'creates-once-after-lost-response': 'fail several',
      'rejects-changed-body': 'fail new-resource',
      'separates-idempotency-keys': 'pass two',
      'retries-refused-keys': 'inconclusive none-met', // no limit was met
      'rejects-malformed-bodies': 'fail crashed', // an empty body is a 500: "stream is not readable"
      'explains-invalid-input': 'fail unnamed',
      'serves-supported-version': 'pass supported',
      'shapes-errors-consistently': 'fail deviates', // an unusual method gets the HTML page of Express: "Cannot PROPFIND /…"
      'signals-errors-by-status': 'pass by-status',
      'answers-unknown-paths': 'pass 404-in-shape',
      'hides-internals-in-errors': 'pass hidden',
      'hides-framework-banners': 'pass hidden', // "X-Powered-By: hidden" names nothing
      'hides-key-in-errors': 'pass hidden',
      'keeps-good-time': 'pass agrees',
    });
    expect(report.checks.find((one) => one.id === 'creates-once-after-lost-response')?.measured).toBe('2 resources');
    expect(JSON.stringify(report)).not.toContain(PASSWORD);
    expect(JSON.stringify(report)).not.toContain(token);
  });
});
