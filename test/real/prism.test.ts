// A published API description served by Prism: what a mock server keeps and does not keep of it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/sandbox/free-port.js';
import { outcomes, reportOf } from '../helpers/cli.js';
import { type Program, startProgram } from '../helpers/program.js';

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

  it('is judged by what a mock can promise alone', async () => {
    const report = await reportOf(
      ['run', '--only', 'endpoint', '-c', `${ROOT}fixtures/configs/valid/runa-prism.yaml`],
      { PRISM_URL: url, RUNA_API_KEY: 'xxABCD.s3cr3tvalue0123456789' },
    );
    expect(outcomes(report)).toEqual({
      'accepts-valid-key': 'pass accepted',
      'separates-environments': 'pass agrees', // by the key alone: loopback is no host of Runa's
      'rejects-missing-key': 'pass refused',
    });
    // Whatever else Prism answers is its own: it looks only whether there is a key, and shapes errors in its own way.
    expect(report.exitCode).toBe(0);
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
