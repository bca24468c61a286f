// Scripts of the faults that there are: written by a person, or built by a scenario.
import type { Fault } from './define.js';
import { FAULTS, type FaultId } from './faults/index.js';
import { parseScript, type Script, type Step } from './script.js';

type Definition<Id extends FaultId> = Extract<(typeof FAULTS)[number], { id: Id }>;
export type FaultParams<Id extends FaultId> = Parameters<Definition<Id>['arm']>[0];

/** A step that cannot name an unknown fault or parameter. `times: null`: from here on. */
export function step<const Id extends FaultId>(id: Id, params: FaultParams<Id>, times: number | null = 1): Step {
  const fault = FAULTS.find((one): one is Definition<Id> => one.id === id) as Fault<Id, FaultParams<Id>> | undefined;
  if (fault === undefined) throw new Error(`No fault ${id}`);
  return { fault: fault.arm(params), times };
}

export const ok: Step = { fault: null, times: null };

export function scriptOf(...steps: readonly Step[]): Script {
  const text = steps.map(
    ({ fault, times }) => `${fault === null ? 'ok' : shown(fault.id, fault.params)}${count(times)}`,
  );
  return { text: text.join(','), steps };
}

/** Reads what a person wrote. Throws UserError. */
export function readScript(text: string): Script {
  return parseScript(text, FAULTS as readonly Fault[]);
}

function shown(id: string, params: unknown): string {
  const given = Object.entries(params ?? {}).filter(
    ([, value]) => value !== undefined && JSON.stringify(value) !== '{}',
  );
  if (given.length === 0) return id;
  return `${id}(${given.map(([name, value]) => `${name}=${typeof value === 'object' ? `'${JSON.stringify(value)}'` : value}`).join(', ')})`;
}

function count(times: number | null): string {
  return times === null || times === 1 ? '' : `x${times}`;
}
