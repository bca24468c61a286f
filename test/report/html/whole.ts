// A report in which everything occurs that a page can show.
import type { Exchange } from '../../../src/evidence/exchange.js';
import type { ReportAttempt } from '../../../src/report/attempts.js';
import type { Report } from '../../../src/report/schema.js';
import { body, check, listed, report, request } from '../made.js';

const SCENARIO = 'server-outage.503-for-good';

function attempt(changes: Partial<ReportAttempt>): ReportAttempt {
  return {
    id: `${SCENARIO}.1#1`,
    scenario: '503 for good',
    repeat: 1,
    method: 'POST',
    url: '/v2/orders',
    idempotencyKey: 'k',
    bodySha256: null,
    fault: 'The API answers 503.',
    status: 503,
    requestId: null,
    ended: 'complete',
    endedBy: null,
    firstByteAtMs: 200,
    endedAtMs: 210,
    ...changes,
  };
}

/** Three attempts after waits of 400 and `secondWaitMs`, and one good run. */
function attemptsOf(repeat: number, secondWaitMs: number): ReportAttempt[] {
  const begins = [200, 610, 620 + secondWaitMs];
  return begins.map((firstByteAtMs, at) =>
    attempt({ id: `${SCENARIO}.${repeat}#${at + 1}`, repeat, firstByteAtMs, endedAtMs: firstByteAtMs + 10 }),
  );
}

const CONTROL = attempt({ id: 'control.no-fault.1#1', scenario: 'no fault', fault: null, status: 201 });

function exchange(id: string, text: string, startedAtMs: number): Exchange {
  return {
    id,
    probe: 'race',
    ...request({ idempotencyKey: 'k' }),
    interim: [],
    response: { status: 201, statusText: 'Created', headers: [], body: body(text) },
    ended: 'complete',
    error: null,
    startedAtMs,
    sentAtMs: startedAtMs,
    firstByteAtMs: startedAtMs + 50,
    endedAtMs: startedAtMs + 50,
    startedAtEpochMs: 0,
    remoteAddress: null,
    tls: null,
    repeats: null,
    leaks: [],
  };
}

/** A report in which everything occurs; `text` stands wherever others decide what stands there. */
export function whole(text: string): Report {
  const checks = [
    check('first-fails', 'fail', {
      because: text,
      expected: text,
      measured: text,
      cause: 'both',
      at: ['call.1', 'call.2'],
      reproduce: `curl ${text}`,
      refs: [`https://example.com/${text}`, `javascript:${text}`],
    }),
    check('second-fails', 'fail', {
      because: text,
      cause: 'both',
      at: [`${SCENARIO}.1#1`],
      due: { fromMs: 1000, untilMs: 4500 },
    }),
    check('third-fails', 'fail', {
      timeline: [
        { label: text, waitMs: null },
        { label: '201', waitMs: 20 },
      ],
    }),
    check('stays-open', 'inconclusive', { because: text }),
    check('is-waived', 'fail', { waiver: { reason: text, by: text, until: text } }),
    check('accepts-valid-key', 'pass', { because: text, measured: text }),
    check('does-not-apply', 'not-applicable', { because: text }),
  ];
  const lines = [{ id: 'R1', text: 'A key is accepted.', checks: ['accepts-valid-key' as const] }];
  const { checklist, coverage } = listed(checks, lines);
  return report(checks, {
    target: { name: text, url: `https://${text}`, environment: 'sandbox', extends: [text], byDefault: false },
    causes: [
      { id: 'both', title: text, severity: 'major', because: text, fix: text, checks: ['first-fails', 'second-fails'] },
    ],
    checklist,
    coverage,
    notes: [text],
    traffic: { requests: 2, writes: 2, created: [text] },
    exchanges: [exchange('call.1', text, 0), exchange('call.2', `${text} other`, 20)],
    attempts: [
      ...[...attemptsOf(1, 800), ...attemptsOf(2, 1000), ...attemptsOf(3, 1600)].map((one) => ({
        ...one,
        fault: text,
      })),
      CONTROL,
    ],
  });
}
