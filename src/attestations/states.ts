// How the statements of a target stand on one day.
import { askedOf } from '../checklists/asked.js';
import { judgeStatement } from '../checks/shared/attestation.js';
import type { Check } from '../checks/verdict.js';
import { isLink } from '../config/attestations.js';
import type { ResolvedTarget } from '../config/load.js';
import { attestationOf } from '../config/stated.js';
import { daysBetween } from '../evidence/days.js';
import type { Statement } from '../evidence/statements.js';
import { lookAtFile } from './file.js';

/** In the order in which they want to be looked at. */
export const STATES = ['expired', 'unproven', 'due', 'missing', 'held'] as const;

export interface StateOfStatement {
  id: string;
  title: string;
  state: (typeof STATES)[number];
  by: string | null;
  evidence: string | null;
  until: string | null;
  /** Days until it ends; null: nobody stated it. */
  days: number | null;
  /** Of one that is unproven: why. */
  because: string | null;
}

const SOON_DAYS = 30;

/** Of all that the lists of a target ask for, and all that it states: what is to be done first. */
export async function statesOf(target: ResolvedTarget, on: string): Promise<StateOfStatement[]> {
  const stated = target.config.attestations ?? {};
  const ids = [...new Set([...askedOf(target), ...Object.keys(stated)])];
  const states = await Promise.all(
    ids.map(async (id) => {
      const check = attestationOf(id);
      const statement = stated[id];
      return check === undefined ? [] : [await stateOf(check, statement, target, on)];
    }),
  );
  return states
    .flat()
    .toSorted(
      (a, b) =>
        STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
        (a.until ?? '').localeCompare(b.until ?? '') ||
        a.id.localeCompare(b.id),
    );
}

async function stateOf(
  check: Check,
  statement: Omit<Statement, 'drill'> | undefined,
  target: ResolvedTarget,
  on: string,
): Promise<StateOfStatement> {
  const { id, title } = check;
  if (statement === undefined)
    return { id, title, state: 'missing', by: null, evidence: null, until: null, days: null, because: null };
  const { by, evidence, until } = statement;
  const file = isLink(evidence) ? {} : { file: await lookAtFile(statement, target) };
  // As a run would judge it, links left closed.
  const verdict = judgeStatement(id, { on, asked: [id], stated: { [id]: { ...statement, ...file } } });
  const days = daysBetween(on, until);
  const told = { id, title, by, evidence, until, days, because: null };
  if (verdict.code === 'expired') return { ...told, state: 'expired' };
  if (verdict.outcome !== 'pass') return { ...told, state: 'unproven', because: verdict.because };
  return { ...told, state: days <= SOON_DAYS ? 'due' : 'held' };
}
