// Which checks judge which defect of the sandbox in `npm test`; all of them do so with `--full`, and in
// `npm run matrix -- endpoint`. The sandbox that keeps its promises is judged by all.
import { CHECKS } from '../checks/index.js';
import type { Check } from '../checks/verdict.js';
import { DEFECTS, type DefectName } from '../sandbox/defects.js';
import { partOf } from '../sandbox/parts/find.js';
import { failuresOf, type SandboxState } from './confusion.js';
import { deal } from './covered.js';

export const ENDPOINT_CHECKS = CHECKS.filter(({ kind }) => kind === 'endpoint');
// Where a check reads whatever was called, its defect may show in any call: under it all of them are made.
const DEALT = ENDPOINT_CHECKS.filter(({ needs }) => !needs.includes('endpoint.traffic'));

type Failures = Iterable<readonly [SandboxState, readonly string[]]>;
/** Ids of checks for each state; a state without an entry is judged by all. */
export type ChecksOf = ReadonlyMap<SandboxState, readonly string[]>;

function dealTo(failures: Failures, checks: readonly Check[]): ChecksOf {
  const ids = checks.map(({ id }) => id as string);
  const sinners = [...failures].filter(([, flips]) => flips.length > 0 && flips.every((id) => ids.includes(id)));
  return deal(new Map(sinners), checks);
}

export const CHECKS_OF_DEFECTS = dealTo(
  (Object.keys(DEFECTS) as DefectName[]).map((name) => [name, DEFECTS[name].flips] as const),
  DEALT,
);

/** The same for the sandbox in the part of a provider, by the checks of what that promises. */
export async function checksAs(provider: string): Promise<ChecksOf> {
  const { unpromised } = await partOf(provider);
  const promised = DEALT.filter(({ id }) => !unpromised.some((one) => one === id));
  return dealTo(await failuresOf(provider), promised);
}
