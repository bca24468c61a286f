// npm runs this around `npm pack`: the published package.json tells how to use the package, not how to make it.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MANIFEST = `${ROOT}package.json`;
// Ignored by git, and by npm.
const KEPT = `${ROOT}.golive/package.json`;

export function published(manifest: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { scripts: _, devDependencies: __, overrides: ___, ...rest } = manifest;
  return rest;
}

const [word] = process.argv[1] === fileURLToPath(import.meta.url) ? process.argv.slice(2) : [];
if (word === 'before') {
  const text = readFileSync(MANIFEST, 'utf8');
  mkdirSync(`${ROOT}.golive`, { recursive: true });
  // One that was left behind by a pack that was ended is the whole one.
  if (!existsSync(KEPT)) writeFileSync(KEPT, text);
  const whole = JSON.parse(readFileSync(KEPT, 'utf8')) as Record<string, unknown>;
  writeFileSync(MANIFEST, `${JSON.stringify(published(whole), null, 2)}\n`);
}
if (word === 'after') renameSync(KEPT, MANIFEST);
