// --state: where keys wait for a later run. By default under the user's cache directory.
import { join } from 'node:path';
import type { ResolvedTarget } from '../config/load.js';
import { UserError } from '../errors.js';
import { cacheFolder } from '../files/cache-folder.js';
import { concerns, namesOf, openState, type State, targetsIn } from '../memory/target.js';

/**
 * null where no target has anything to ask later.
 * @param isPart the config has others: the file may hold their keys alone
 * @throws UserError for a file that is none, or another config's
 */
export async function stateFor(
  targets: readonly ResolvedTarget[],
  path: string | undefined,
  isPart: boolean,
): Promise<State | null> {
  if (path !== undefined) {
    const state = await openState(path);
    if (!isPart && !concerns(state.content, targets)) throw anothers(state, targets);
    return state;
  }
  if (targets.every(({ contract }) => contract.idempotency?.windowMs === undefined)) return null;
  return openState(join(await cacheFolder(), 'state.json'));
}

function anothers({ path, content }: State, targets: readonly ResolvedTarget[]): UserError {
  const own = targets.map(namesOf).map(({ target, url }) => `${target} (${url})`);
  const found = content === null ? [] : targetsIn(content);
  return new UserError(
    'anothers-state',
    `--state: ${path} holds keys of ${found.join(', ')}; expected some of ${own.join(', ')}, or a file that does not exist yet`,
    'nothing was sent; name another file with --state <path>',
  );
}
