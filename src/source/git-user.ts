import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TIMEOUT_MS = 5_000;

/** Who git says works here: `git config` reads files, and runs nothing; null: nobody is named. */
export async function gitUser(folder: string): Promise<string | null> {
  for (const name of ['user.email', 'user.name']) {
    const found = await promisify(execFile)('git', ['config', '--get', name], {
      cwd: folder,
      timeout: TIMEOUT_MS,
    }).catch(() => null);
    const user = found?.stdout.trim() ?? '';
    if (user !== '') return user;
  }
  return null;
}
