import { join } from 'node:path';

/** The tool's folder in the user's cache directory. A user by number alone, as in containers, may have no home. */
export async function cacheFolder(): Promise<string> {
  try {
    const { default: envPaths } = await import('env-paths');
    return envPaths('golive-check', { suffix: '' }).cache;
  } catch {
    return join(process.env.XDG_CACHE_HOME || '/nonexistent/.cache', 'golive-check');
  }
}
