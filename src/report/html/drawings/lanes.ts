// What is drawn of the client: its attempts by scenario and repeat, and the waits between them.
import type { ReportAttempt } from '../../attempts.js';
import type { ReportCheck } from '../../schema.js';
import { grouped } from '../grouped.js';

export type Tone = 'good' | 'bad' | 'none';

export interface Point {
  fromMs: number;
  untilMs: number | null;
  label: string;
  tone: Tone;
  /** When the next one was expected; the end null: at any later time. */
  window?: { fromMs: number; untilMs: number | null };
}

export interface Lane {
  /** Probe and scenario: its repeats are of the same. */
  group: string;
  scenario: string;
  repeat: number;
  /** What the client suffered, as a sentence; null: nothing. */
  fault: string | null;
  attempts: readonly ReportAttempt[];
  /** In ms since the first attempt. */
  points: readonly Point[];
}

export function lanesIn(attempts: readonly ReportAttempt[]): Lane[] {
  // "server-outage.503-for-good.2#4": the fourth attempt of the second repeat.
  const lanes = grouped(attempts, ({ id }) => id.replace(/#\d+$/, ''));
  return [...lanes].map(([id, some]) => {
    const inTime = some.toSorted((a, b) => a.firstByteAtMs - b.firstByteAtMs);
    const beganAtMs = inTime[0]?.firstByteAtMs ?? 0;
    return {
      group: id.replace(/\.\d+$/, ''),
      scenario: some[0]?.scenario ?? '',
      repeat: some[0]?.repeat ?? 1,
      fault: inTime.find(({ fault }) => fault !== null)?.fault ?? null,
      attempts: inTime,
      points: inTime.map((one) => pointOf(one, beganAtMs)),
    };
  });
}

// Of one without a whole answer: how it ended.
const ENDS: Readonly<Record<string, string>> = {
  'we-reset': 'reset',
  'we-cut': 'cut',
  'we-hung': 'no answer',
  'client-closed': 'left',
  malformed: 'not HTTP',
};

function pointOf({ firstByteAtMs, endedAtMs, status, ended }: ReportAttempt, beganAtMs: number): Point {
  const end = ENDS[ended];
  return {
    fromMs: firstByteAtMs - beganAtMs,
    untilMs: endedAtMs === null ? null : endedAtMs - beganAtMs,
    label: end ?? String(status ?? ended),
    tone: toneOf(end === undefined ? status : null),
  };
}

export function toneOf(status: number | null): Tone {
  if (status === null) return 'none';
  return status >= 200 && status < 300 ? 'good' : 'bad';
}

/** The lane with the time in which the client was expected after the first answer that showed a fault. */
export function withDue(lane: Lane, due: ReportCheck['due']): Lane {
  const faulted = lane.attempts.findIndex(({ fault }) => fault !== null);
  const from = lane.points[Math.max(faulted, 0)];
  if (due === undefined || from === undefined) return lane;
  const answeredMs = from.untilMs ?? from.fromMs;
  const window = {
    fromMs: answeredMs + due.fromMs,
    untilMs: due.untilMs === null ? null : answeredMs + due.untilMs,
  };
  return { ...lane, points: lane.points.map((one) => (one === from ? { ...one, window } : one)) };
}

/** Of a verdict whose attempts the report does not hold: one after the other, by their waits alone. */
export function timelineLane({ timeline = [], title, due }: ReportCheck): Lane {
  let fromMs = 0;
  const points = timeline.map(({ label, waitMs }): Point => {
    fromMs += waitMs ?? 0;
    const status = /^\d{3}$/.test(label) ? Number(label) : null;
    return { fromMs, untilMs: null, label, tone: toneOf(status) };
  });
  return withDue({ group: '', scenario: title, repeat: 1, fault: null, attempts: [], points }, due);
}

/** Waits before each repeat of one request; empty: it was not repeated. */
export function waitsIn({ attempts }: Lane): number[] {
  return attempts.slice(1).flatMap((one, at) => {
    const before = attempts[at];
    if (before === undefined || before.endedAtMs === null || before.fault === null) return [];
    const isRepeat = one.method === before.method && one.url === before.url;
    const waitMs = one.firstByteAtMs - before.endedAtMs;
    return isRepeat && waitMs >= 0 ? [waitMs] : [];
  });
}
