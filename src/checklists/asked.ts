// What a provider asks to be stated, beyond what can be seen.
import { CHECKS } from '../checks/index.js';
import { checklistsOf } from './index.js';

/** Whose lists a target follows. A contract of a team's own may bear the name of a provider. */
export function providersOf(target: { extends: readonly string[]; contract: { name?: string | undefined } }): string[] {
  return [...target.extends, target.contract.name ?? ''];
}

/** Ids of the attestations that the lists of a target ask for, in their order. */
export function askedOf(target: Parameters<typeof providersOf>[0]): string[] {
  const named = checklistsOf(providersOf(target)).flatMap(({ lines, gates = [] }) => [
    ...lines.flatMap(({ checks }) => checks),
    ...gates,
  ]);
  const stated = new Set(CHECKS.filter(({ kind }) => kind === 'attestation').map(({ id }) => id));
  return [...new Set<string>(named)].filter((id) => stated.has(id));
}
