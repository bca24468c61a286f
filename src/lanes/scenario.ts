import type { CertificateKind } from '../evidence/recording.js';
import type { LaneRun } from '../evidence/run.js';
import type { Script } from '../proxy/script.js';
import type { StubOperation } from '../proxy/stub.js';

/** One lane to run: a script of faults for one run of the user's client. */
export interface Scenario {
  /** Noun of the probe that runs it: makes ids of attempts unique over all lanes. */
  group: string;
  label: string;
  script: Script | null;
  /** Its place among the repeats, from 1. */
  repeat: number;
  /** Rough time until all that waits for it is done, for a usual client: longest first. */
  expectedMs: number;
  /** Waits are judged: repeated alone where the machine was too busy. */
  timing: boolean;
  /** The client is killed so long after its first attempt was read whole, and started again. */
  crashAfterMs: number | null;
  /** Under interception: what the client's TLS is shown. */
  certificate: CertificateKind;
  /** Run instead of client.command: a workload, or a command with bad input. */
  command?: string | readonly string[] | undefined;
  /** What faults aim at, where it is not client.operation; null: every call. */
  operation?: string | null | undefined;
  /** One run may do more than one operation, or another one after the fault. A command of its own always may. */
  otherWork?: boolean | undefined;
  /** Lays answers of its own over the stub's, once per lane: pages of a list, a status that changes. */
  stub?: ((operations: readonly StubOperation[]) => readonly StubOperation[]) | undefined;
}

export function scenario(
  label: string,
  script: Script | null,
  more: Partial<Omit<Scenario, 'group' | 'label' | 'script'>> = {},
): Scenario {
  return {
    group: '',
    label,
    script,
    repeat: 1,
    expectedMs: 1000,
    timing: false,
    crashAfterMs: null,
    certificate: 'good',
    ...more,
  };
}

/** What a run of it records of that. */
export function workOf({ group, command, otherWork }: Scenario): Pick<LaneRun, 'probe' | 'otherWork'> {
  return { probe: group, ...(command !== undefined || otherWork === true ? { otherWork: true } : {}) };
}

/** The same scenario so many times. */
export function repeated(times: number, one: Scenario): Scenario[] {
  return Array.from({ length: times }, (_, at) => ({ ...one, repeat: one.repeat + at }));
}
