// dist: one bundle split by command, so that a command loads only what it uses; the published schemas and types.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { jsonSchema, SCHEMAS } from '../cli/schema.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

// What nearly every command loads. The bundler makes a chunk for each set of commands that shares a module, and every
// chunk costs start-up time: when all our modules import these, they share one set, and one chunk.
const COMMON = ['cli/env-file', 'cli/outputs', 'config/env', 'config/issues', 'errors', 'exit', 'types', 'version'];
const common: Plugin = {
  name: 'common',
  setup({ onLoad }) {
    const imports = COMMON.map((name) => `import '${ROOT}src/${name}.js';`).join('\n');
    onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: path.startsWith(`${ROOT}src/`) ? `${text}\n${imports}` : text };
    });
  },
};

await rm(`${ROOT}dist`, { recursive: true, force: true });
const { outputFiles } = await build({
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
  // Its build for Node is CommonJS, function wrapped in function: dearer to load.
  alias: { yaml: `${ROOT}node_modules/yaml/browser/dist/index.js` },
  plugins: [common],
  write: false,
  logLevel: 'warning',
});
await mkdir(`${ROOT}dist/schema`, { recursive: true });
// Bundled CommonJS packages ask for Node's own modules by require. An import of node:module would cost each start 2 ms.
const REQUIRE =
  "const require = (id) => process.getBuiltinModule(id) ?? process.getBuiltinModule('node:module').createRequire(import.meta.url)(id);\n";
for (const { path, text } of outputFiles) await writeFile(path, /\brequire\b/.test(text) ? REQUIRE + text : text);
for (const name of SCHEMAS)
  await writeFile(`${ROOT}dist/schema/${name}.json`, `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
execFileSync(process.execPath, [`${ROOT}node_modules/typescript/bin/tsc`, '-p', 'src/dev/tsconfig.types.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
