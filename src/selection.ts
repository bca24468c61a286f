// Which checks run, and how severe each is: the catalogue, the config's `checks`, --only and --skip.
import { CHECKLISTS, itemsOf } from './checklists/index.js';
import { CHECKS } from './checks/index.js';
import type { PlannedCheck } from './checks/verdict.js';
import { KINDS } from './checks/verdict.js';
import { didYouMean } from './config/issues.js';
import type { Target } from './config/schema.js';
import { quoted } from './config/shown.js';
import { UserError } from './errors.js';

export interface Selection {
  only: readonly string[];
  skip: readonly string[];
  /** Of those that are left, only these ids. */
  among?: ReadonlySet<string> | undefined;
}

/**
 * `only` and `skip` hold ids of checks, kinds, or lines of a provider's list.
 * @throws UserError for one that does not exist.
 */
export function selectChecks({ checks: configured }: Pick<Target, 'checks'>, selection: Selection): PlannedCheck[] {
  for (const word of selection.only) refuseUnknown(word, '--only');
  for (const word of selection.skip) refuseUnknown(word, '--skip');
  const named = (words: readonly string[], check: { id: string; kind: string }) =>
    words.includes(check.id) || words.includes(check.kind) || itemsOf(check.id).some((item) => words.includes(item));
  return CHECKS.flatMap((check) => {
    const setting = configured[check.id];
    if (setting === 'off') return [];
    if (selection.only.length > 0 && !named(selection.only, check)) return [];
    if (named(selection.skip, check)) return [];
    if (selection.among?.has(check.id) === false) return [];
    if (check.optIn === true && setting === undefined && !selection.only.includes(check.id)) return [];
    return [{ check, severity: setting ?? check.severity }];
  });
}

function refuseUnknown(word: string, option: string): void {
  const known = [
    ...CHECKS.map((check) => check.id),
    ...KINDS,
    ...CHECKLISTS.flatMap(({ lines }) => lines.map(({ id }) => id)),
  ];
  if (known.includes(word)) return;
  throw new UserError(
    'unknown-check',
    `${option}: found ${quoted(word)}; expected the id of a check, a kind (${KINDS.join(', ')}) or a line such as R5${didYouMean(word, known)}`,
    'see them all with: golive-check list',
  );
}
