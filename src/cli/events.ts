// --events: what happens in a run, as it happens, one JSON on each line. Nothing waits for its reader.
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Judgement } from '../checks/verdict.js';
import { UserError, WriteError } from '../errors.js';
import type { RunFiles } from '../files/run-files.js';
import type { RunSettings } from '../pipeline.js';
import type { Plan } from '../plan.js';
import type { JointReport, Report } from '../report/schema.js';
import { targetsOf } from '../report/targets.js';
import { jsonText } from '../report/text/sanitize.js';
import { version } from '../version.js';
import { isStdout } from './outputs.js';

type Told = Pick<Judgement, 'id' | 'kind' | 'severity' | 'outcome' | 'code' | 'because'> & {
  waiver?: object | undefined;
};

export interface Events {
  begin(plans: readonly Plan[], seed: number): void;
  /** What the run of one target is to tell. */
  hooks(target: string): Pick<RunSettings, 'onProbe' | 'onLane' | 'onSettled'>;
  /** What the report says otherwise, or what nobody told yet; then the report in short. */
  end(report: Report | JointReport, exitCode: number): void;
}

const SILENT: Events = {
  begin: () => undefined,
  hooks: () => ({}),
  end: () => undefined,
};

/** @throws UserError where the file cannot be opened: nothing was sent by then */
export function openEvents(path: string | undefined, files: RunFiles): Events {
  return path === undefined ? SILENT : eventsTo(writerTo(path, files));
}

interface Writer {
  line(text: string): void;
  close(): void;
}

function writerTo(path: string, files: RunFiles): Writer {
  if (isStdout(path)) return { line: (text) => void process.stdout.write(text), close: () => undefined };
  let file: number | null = openFile(path);
  const close = () => {
    if (file !== null) closeSync(file);
    file = null;
  };
  return {
    line(text) {
      if (file === null) return;
      try {
        writeSync(file, text);
      } catch (error) {
        files.fail(new WriteError(path, error as NodeJS.ErrnoException).message);
        close();
      }
    },
    close,
  };
}

function openFile(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw new UserError(
      'unwritable-events',
      `--events: ${new WriteError(path, error as NodeJS.ErrnoException).message}; expected a file that can be written, or - for standard output`,
    );
  }
}

function eventsTo({ line, close }: Writer): Events {
  /** What was told last of a check, by target. */
  const told = new Map<string, string>();
  const emit = (event: string, facts: object) => line(jsonText({ event, at: new Date().toISOString(), ...facts }, 0));
  const verdict = (target: string, { id, kind, severity, outcome, code, because, waiver }: Told) => {
    const facts = {
      target,
      check: id,
      kind,
      severity,
      outcome,
      code,
      because,
      ...(waiver === undefined ? {} : { waived: true }),
    };
    const text = JSON.stringify(facts);
    const key = JSON.stringify([target, id]);
    if (told.get(key) === text) return;
    told.set(key, text);
    emit('verdict', facts);
  };
  return {
    begin: (plans, seed) =>
      emit('run-began', {
        schemaVersion: 1,
        tool: { name: 'golive-check', version },
        seed,
        targets: plans.map(({ target, checks }) => ({ name: target.name, checks: checks.length })),
      }),
    hooks: (target) => ({
      onProbe: ({ state, ...facts }) => emit(`probe-${state}`, { target, ...facts }),
      onLane: ({ label, repeat, recording, ended, process: { exitCode } }) =>
        emit('lane-ended', { target, scenario: label, repeat, attempts: recording.attempts.length, ended, exitCode }),
      onSettled: (judgement) => verdict(target, judgement),
    }),
    end(report, exitCode) {
      for (const { target, checks } of targetsOf(report)) for (const check of checks) verdict(target.name, check);
      const targets = targetsOf(report).map((one) => ({
        name: one.target.name,
        verdict: one.verdict,
        exitCode: one.exitCode,
        totals: one.totals,
      }));
      emit('run-ended', { verdict: report.verdict, exitCode, targets });
      close();
    },
  };
}
