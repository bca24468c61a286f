// Reads what endpoint.openapi names, once, where a selected check needs it.
import type { PlannedCheck } from '../checks/verdict.js';
import type { ResolvedTarget } from '../config/load.js';
import { UserError } from '../errors.js';
import type { EvidenceKey } from '../evidence/map.js';
import { loadDescription } from './load.js';

/** What is made with it. */
const USERS: readonly EvidenceKey[] = ['endpoint.description', 'client.bodies'];

/** @throws UserError before anything is sent, where it cannot be used. */
export async function withDescription(
  target: ResolvedTarget,
  checks: readonly PlannedCheck[],
): Promise<ResolvedTarget> {
  const place = target.config.endpoint?.openapi;
  if (place === undefined || target.description !== undefined) return target;
  if (!checks.some(({ check }) => USERS.some((key) => check.needs.includes(key)))) return target;
  const description = await loadDescription(place, { cwd: target.directory }).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.code, `endpoint.openapi: ${error.message}`, error.hint ?? 'nothing was sent');
  });
  return { ...target, description };
}
