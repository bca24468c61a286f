// dist: one bundle split by command, so that a command loads only what it uses; the published schemas and types.
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { jsonSchema, SCHEMAS } from '../cli/schema.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

await rm(`${ROOT}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: ['src/cli.ts', 'src/index.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'eof',
  // jiti loads its own compiler by path.
  external: ['jiti'],
  // Bundled CommonJS packages ask for Node's own modules by require.
  banner: {
    js: "import { createRequire as golive_createRequire } from 'node:module'; const require = golive_createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await mkdir(`${ROOT}dist/schema`, { recursive: true });
for (const name of SCHEMAS)
  await writeFile(`${ROOT}dist/schema/${name}.json`, `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
execFileSync(process.execPath, [`${ROOT}node_modules/typescript/bin/tsc`, '-p', 'src/dev/tsconfig.types.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
