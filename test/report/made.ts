// Reports made by hand: only what a test says differs from a dull one.
import type { ChecklistLine } from '../../src/checklists/define.js';
import { OUTCOMES, type Outcome } from '../../src/checks/verdict.js';
import type { Exchange } from '../../src/evidence/exchange.js';
import { checklistOf, coverageOf } from '../../src/report/checklist.js';
import type { RenderOptions } from '../../src/report/index.js';
import type { JointReport, Report, ReportCheck } from '../../src/report/schema.js';

export const PLAIN: RenderOptions = { color: false, width: 80, unicode: true, verbose: false };

/** A line with the id of a check alone, or beside a label: it is never broken. */
export const ONE_ID = /^\W*(?:[A-Z][a-z]+ +)?[a-z]+(?:-[a-z]+)+[:,.]?$/;

export function check(id: string, outcome: Outcome, changes: Partial<ReportCheck> = {}): ReportCheck {
  return {
    id,
    kind: 'endpoint',
    topic: 'Idempotency',
    severity: 'major',
    title: `Promise of ${id}`,
    outcome,
    basis: 'observed',
    code: 'seen',
    because: `The answer to ${id} was seen.`,
    at: [],
    why: 'It matters in production.',
    fix: `Mend ${id}.`,
    refs: [`https://example.com/docs/${id}`, 'https://example.com/second'],
    items: ['R5'],
    ...changes,
  };
}

export function report(checks: readonly ReportCheck[], changes: Partial<Report> = {}): Report {
  const open = checks.filter((one) => one.waiver === undefined);
  const totals = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, open.filter((one) => one.outcome === outcome).length]),
  ) as Omit<Report['totals'], 'waived'>;
  const failed = open.some((one) => one.outcome === 'fail' && one.severity !== 'minor');
  return {
    schemaVersion: 1,
    tool: { name: 'golive-check', version: '0.1.0' },
    run: {
      id: 'r1',
      startedAt: '2026-11-21T05:00:00.000Z',
      durationMs: 4210,
      seed: 7,
      interrupted: false,
      failOn: 'major',
    },
    target: {
      name: 'orders',
      url: 'https://sandbox.example.com/v2',
      environment: 'sandbox',
      extends: ['ietf'],
      byDefault: true,
    },
    verdict: failed ? 'no-go' : 'go',
    exitCode: failed ? 1 : 0,
    totals: { ...totals, waived: checks.length - open.length },
    checks: [...checks],
    causes: [],
    checklist: [],
    coverage: coverageOf([]),
    traffic: { requests: 52, writes: 31, created: [] },
    exchanges: [],
    attempts: [],
    ...changes,
  };
}

/** A report with one line of a list for each of `lines`. */
export function listed(checks: readonly ReportCheck[], lines: readonly ChecklistLine[], provider = 'runa'): Report {
  const checklist = checklistOf([{ provider, name: '', title: '', source: 'https://example.com/list', lines }], checks);
  return report(checks, { checklist, coverage: coverageOf(checklist) });
}

export function joint(targets: readonly Report[], changes: Partial<JointReport> = {}): JointReport {
  return {
    schemaVersion: 1,
    tool: { name: 'golive-check', version: '0.1.0' },
    verdict: 'no-go',
    exitCode: 1,
    targets: [...targets],
    ...changes,
  };
}

export function request(changes: Partial<Exchange['request']> = {}): Pick<Exchange, 'request'> {
  return {
    request: {
      method: 'POST',
      url: 'https://sandbox.example.com/v2/orders',
      headers: [['content-type', 'application/json']],
      body: null,
      credential: 'key',
      write: true,
      operation: 'create',
      expected: [201],
      idempotencyKey: null,
      version: null,
      ...changes,
    },
  };
}

export function body(text: string) {
  return { text, bytes: text.length, truncated: false, encoding: 'utf8' as const };
}

/** Escape sequences, C1 introducers, bidi overrides, zero-width and other invisible characters around readable text. */
export const HOSTILE =
  'start\x1b[31m\x1b[2J\x1b]0;title\x07\x1b]8;;https://evil.example\x1b\\\x9b31m\x9d0;x\x9c\x00\x07\b\r\u202e\u2066\u200b\u200d\ufeff\u2028\u{e0041}end';

const FORBIDDEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u;

export function forbiddenIn(text: string): string | null {
  const found = FORBIDDEN.exec(text);
  return found === null
    ? null
    : `U+${found[0].codePointAt(0)?.toString(16)} at ${JSON.stringify(text.slice(Math.max(0, found.index - 20), found.index + 5))}`;
}
