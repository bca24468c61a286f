// A published API description served by Prism: what a mock server keeps and does not keep of it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomes, reportOf } from '../helpers/cli.js';
import { freePort, type Program, startProgram } from '../helpers/program.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DESCRIPTION = `${ROOT}../shared/data/runa-openapi-2024-02-05.json`;

describe.skipIf(!existsSync(DESCRIPTION))('Runa by Prism', () => {
  let prism: Program;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    prism = await startProgram(
      [
        `${ROOT}node_modules/@stoplight/prism-cli/dist/index.js`,
        'mock',
        DESCRIPTION,
        '--port',
        String(port),
        '--host',
        '127.0.0.1',
      ],
      {
        ready: async () => (await fetch(`${url}/ping`)).status === 401,
      },
    );
  });
  afterAll(() => prism?.stop());

  it('is judged rightly, line by line', async () => {
    const report = await reportOf(['run', '-c', `${ROOT}fixtures/configs/valid/runa-prism.yaml`], {
      PRISM_URL: url,
      RUNA_API_KEY: 'xxABCD.s3cr3tvalue0123456789',
    });
    expect(outcomes(report)).toEqual({
      'accepts-valid-key': 'pass accepted',
      'separates-environments': 'pass agrees', // by the key alone: loopback is no host of Runa's
      'rejects-missing-key': 'pass refused',
      'rejects-wrong-key': 'fail not-refused', // Prism looks only whether there is a key
      'ignores-key-in-query': 'pass ignored',
      'challenges-unauthenticated-calls': 'fail unchallenged',
      'echoes-version': 'fail missing',
      'honours-pinned-version': 'inconclusive not-shown', // without an echo nothing tells which version answered
      'rejects-unknown-version': 'fail falls-forward',
      'rejects-removed-version': 'fail still-served',
      'serves-supported-version': 'pass supported',
      'shapes-errors-consistently': 'fail deviates', // Prism's own problem documents, not the description's errors
      'answers-unknown-paths': 'fail other-shape',
      'rejects-malformed-bodies': 'pass refused',
      'explains-invalid-input': 'pass named',
      'hides-internals-in-errors': 'pass hidden',
      'hides-framework-banners': 'pass hidden',
      'hides-key-in-errors': 'pass hidden',
      'keeps-good-time': 'pass agrees',
    });
    expect(report.exitCode).toBe(1);
  });

  it('undeclared as a mock, its equal ids prove nothing and pass nothing', async () => {
    const { readFileSync, writeFileSync, mkdtempSync, rmSync } = await import('node:fs');
    const folder = mkdtempSync(`${ROOT}test/.undeclared-`);
    try {
      const config = `${folder}/golive-check.yaml`;
      writeFileSync(
        config,
        readFileSync(`${ROOT}fixtures/configs/valid/runa-prism.yaml`, 'utf8').replace('mock: true', 'mock: false'),
      );
      const seen = outcomes(
        await reportOf(['run', '-c', config], { PRISM_URL: url, RUNA_API_KEY: 'xxABCD.s3cr3tvalue0123456789' }),
      );
      for (const id of [
        'creates-once-on-replay',
        'creates-once-under-concurrency',
        'creates-once-after-lost-response',
      ]) {
        expect(seen[id], id).toMatch(/^inconclusive/);
      }
      expect(seen['separates-idempotency-keys']).toBe('fail merged');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
