// dist: the bundle, the licences of what is in it, the published schemas and types. With --if-changed only where something
// that it is made of is not as it was: `npm ci` builds, too.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { jsonSchema, SCHEMAS } from '../cli/schema.js';
import { bundle, ROOT } from './bundle.js';
import { licencesOf } from './licences.js';

// Whoever installs packages anew removes it.
const BUILT = `${ROOT}node_modules/.cache/golive-check/built`;
const inputs = await digestOfInputs();
const isBuilt = existsSync(`${ROOT}dist/LICENCES.txt`) && inputs === (await readFile(BUILT, 'utf8').catch(() => ''));
if (!isBuilt || !process.argv.includes('--if-changed')) await writeAll();

async function writeAll(): Promise<void> {
  await rm(BUILT, { force: true });
  await rm(`${ROOT}dist`, { recursive: true, force: true });
  const { files, packages } = await bundle();
  await mkdir(`${ROOT}dist/schema`, { recursive: true });
  // Bundled CommonJS packages ask for Node's own modules by require. An import of node:module would cost each start 2 ms.
  const givesRequire =
    "const require = (id) => process.getBuiltinModule(id) ?? process.getBuiltinModule('node:module').createRequire(import.meta.url)(id);\n";
  for (const { path, text } of files) await writeFile(path, /\brequire\b/.test(text) ? givesRequire + text : text);
  // It runs in the Node of a client, as it is.
  await copyFile(`${ROOT}src/intercept/preload.cjs`, `${ROOT}dist/preload.cjs`);
  await writeFile(`${ROOT}dist/LICENCES.txt`, licencesOf(ROOT, packages));
  for (const name of SCHEMAS)
    await writeFile(`${ROOT}dist/schema/${name}.json`, `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
  await writeTypes();
  await mkdir(dirname(BUILT), { recursive: true });
  await writeFile(BUILT, inputs);
}

async function digestOfInputs(): Promise<string> {
  const sources = await readdir(`${ROOT}src`, { recursive: true, withFileTypes: true });
  const files = sources.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const hash = createHash('sha256');
  for (const file of [...files.toSorted(), `${ROOT}package.json`, `${ROOT}package-lock.json`])
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
}

/** The compiler writes the types of every module that it has seen; a user meets those that index.d.ts and vitest.d.ts lead to. */
async function writeTypes(): Promise<void> {
  const all = `${ROOT}dist/all-types`;
  const words = ['-p', 'src/dev/tsconfig.types.json', '--outDir', all];
  execFileSync(process.execPath, [`${ROOT}node_modules/typescript/bin/tsc`, ...words], { cwd: ROOT, stdio: 'inherit' });
  const met = new Set<string>();
  const meet = async (file: string): Promise<void> => {
    if (met.has(file)) return;
    met.add(file);
    const text = await readFile(join(all, file), 'utf8');
    const to = `${ROOT}dist/types/${file}`;
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, text);
    for (const [, path = ''] of text.matchAll(/(?:from |import\()'(\.[^']+)\.js'/g))
      await meet(join(dirname(file), `${path}.d.ts`));
  };
  for (const entry of ['index.d.ts', 'vitest.d.ts']) await meet(entry);
  await rm(all, { recursive: true });
}
