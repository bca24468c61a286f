// Our code and the packages that it uses, as the files of dist: split by command, so that a command loads only what it uses.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile, type Plugin } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

// What nearly every command loads. The bundler makes a chunk for each set of commands that shares a module, and every
// chunk costs start-up time: when all our modules import these, they share one set, and one chunk.
const COMMON = [
  'checks/severity',
  'checks/verdict',
  'cli/env-file',
  'cli/outputs',
  'config/env',
  'config/issues',
  'errors',
  'exit',
  'version',
];
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

// What this tool never asks of a package: a rule of secretlint loads a library of cryptography for key stores, and
// openapi-sampler one that writes XML.
const PRESET = 'secretlint-rule-preset-recommend';
const unused: Plugin = {
  name: 'unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/index-/ }, ({ importer, kind }) =>
      importer.includes(PRESET) && kind === 'dynamic-import' ? { path: 'unused', namespace: 'unused' } : null,
    );
    onResolve({ filter: /^fast-xml-parser$/ }, ({ importer }) =>
      importer.includes('openapi-sampler') ? { path: 'unused', namespace: 'unused' } : null,
    );
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'export const i = {}, XMLBuilder = null;' }));
  },
};

export interface Bundle {
  files: readonly OutputFile[];
  /** Folders of the packages within, below the root of the repository: "node_modules/yaml". */
  packages: readonly string[];
}

export async function bundle(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/cli.ts', 'src/index.ts', 'src/vitest.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    legalComments: 'eof',
    // jiti loads its own compiler by path; TypeScript is for loaders of cosmiconfig that stand aside for jiti; whoever tests
    // with Vitest brings it.
    external: ['jiti', 'typescript', 'vitest'],
    alias: {
      // Its build for Node is CommonJS, function wrapped in function: dearer to load.
      yaml: `${ROOT}node_modules/yaml/browser/dist/index.js`,
      // Its build for Node finds its parts by a require that no bundler sees.
      'jsonc-parser': `${ROOT}node_modules/jsonc-parser/lib/esm/main.js`,
    },
    plugins: [common, unused],
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  const folders = Object.keys(metafile.inputs).flatMap(
    (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  return { files: outputFiles, packages: [...new Set(folders)].toSorted() };
}
