// Shared by the scaffolds: new files only, then what is generated from them.
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Writes a new file; an existing one is never touched. */
export async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(`${ROOT}${path}`), { recursive: true });
  await writeFile(`${ROOT}${path}`, text, { flag: 'wx' });
  process.stdout.write(`wrote ${path}\n`);
}

export function finish(next: string): void {
  execFileSync('npm', ['run', '--silent', 'generate'], { cwd: ROOT, stdio: 'inherit' });
  process.stdout.write(`Next: ${next}; then npm test\n`);
}
