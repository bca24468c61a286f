// Descriptions as providers publish them. Each test is skipped where its description is not at hand.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtInContract } from '../../src/config/contracts/find.js';
import { merge } from '../../src/config/merge.js';
import type { ConfigInput } from '../../src/config/schema.js';
import { compileSchema } from '../../src/evidence/json-schema.js';
import { loadDescription } from '../../src/openapi/load.js';
import { behind } from '../../src/openapi/resolve.js';
import { standAlone } from '../../src/openapi/schemas.js';
import { partConfig, sandboxVariables } from '../../src/sandbox/config.js';
import runa from '../../src/sandbox/parts/runa.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { runConfig } from '../helpers/in-process.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RUNA = `${ROOT}../shared/data/runa-openapi-2024-02-05.json`;
const PUBLISHED = [
  RUNA,
  `${ROOT}node_modules/@directus/specs/dist/openapi.json`,
  `${ROOT}node_modules/@octokit/openapi/generated/api.github.com.json`,
];
/** To compile all of them would take minutes. */
const MOST_SCHEMAS = 40;

/** Schemas of JSON answers. */
function schemasIn(document: Awaited<ReturnType<typeof loadDescription>>['bundled']): unknown[] {
  const membersOf = (node: unknown) => (behind(document, node) ?? {}) as Record<string, unknown>;
  const operations = Object.values(membersOf(document.paths)).flatMap((item) => Object.values(membersOf(item)));
  return operations
    .flatMap((operation) => Object.values(membersOf(membersOf(operation).responses)))
    .flatMap((response) => membersOf(membersOf(membersOf(response).content)['application/json']).schema ?? []);
}

describe('a description that is published', () => {
  for (const file of PUBLISHED)
    it.skipIf(!existsSync(file))(`${file.split('/').at(-1)} is read, and its schemas compile`, async () => {
      const { bundled } = await loadDescription(file, { cwd: '/' });
      const schemas = schemasIn(bundled).slice(0, MOST_SCHEMAS);
      expect(schemas.length).toBeGreaterThan(10);
      for (const schema of schemas) await compileSchema(standAlone(bundled, schema, 'api'), { isLenient: true });
    });

  it.skipIf(!existsSync(RUNA))("the sandbox as Runa answers as Runa's says", async () => {
    const sandbox = await startSandbox({ dialect: runa.dialect });
    onTestFinished(sandbox.close);
    const config = partConfig(await builtInContract('runa', '--as'), runa, sandbox);
    const { report } = await runConfig(merge(config, { endpoint: { openapi: RUNA } }) as ConfigInput, {
      only: ['answers-as-described'],
      environment: sandboxVariables(sandbox.keys),
    });
    expect(report.checks.map(({ outcome, because }) => `${outcome}: ${because}`)).toEqual([
      expect.stringMatching(/^pass: \d+ answers of \d operations fit the description/),
    ]);
  });
});
