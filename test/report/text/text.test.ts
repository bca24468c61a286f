import { describe, expect, it } from 'vitest';
import { curlOf } from '../../../src/report/curl.js';
import type { RenderOptions } from '../../../src/report/index.js';
import type { JointReport, Report } from '../../../src/report/schema.js';
import renderText from '../../../src/report/text/text.js';
import { exchange } from '../../helpers/exchange.js';
import { body, check, forbiddenIn, HOSTILE, joint, ONE_ID, PLAIN, report, request } from '../made.js';

const LONG = 'The answer to the second call was another one, as a client under load would see it. '.repeat(4).trim();
const curl = curlOf(request({ body: body('{"reference":"glc-1"}') }));

const everything = report(
  [
    check('accepts-valid-key', 'pass', { topic: 'Access', measured: '41 ms' }),
    check('rejects-missing-key', 'fail', {
      topic: 'Access',
      severity: 'blocker',
      expected: '401 or 403',
      measured: '200',
      because: LONG,
      why: LONG,
      fix: LONG,
      reproduce: curl,
      at: ['missing.call'],
    }),
    check('challenges-unauthenticated-calls', 'fail', {
      topic: 'Access',
      severity: 'minor',
      waiver: { reason: 'The provider mends it in Q1', by: 'dana@example.com', until: '2027-01-31' },
    }),
    check('creates-once-on-replay', 'inconclusive', {
      severity: 'blocker',
      because: `Could not be observed: ${'x'.repeat(150)}.`,
    }),
    check('marks-replays', 'not-applicable', { because: 'Applies with contract.idempotency.marker.' }),
    check('echoes-version', 'error', { topic: 'Versions', because: 'This check itself failed.' }),
    check('keeps-keys-in-a-vault', 'pass', { topic: 'Secrets', basis: 'attested', because: 'Stated by dana.' }),
  ],
  { traffic: { requests: 52, writes: 31, created: Array.from({ length: 9 }, (_, at) => `ord_${at + 1}`) } },
);

/** Of a run that sent two events to a receiver. */
function ofEvents(requests: number): Report {
  const exchanges = [1, 2].map((at) => {
    const { request, ...rest } = exchange({ id: `webhook.control.evt_${at}`, method: 'POST' });
    return { ...rest, request: { ...request, vector: 'valid' } };
  });
  return report([check('a', 'pass')], { exchanges, traffic: { requests, writes: 0, created: [] } });
}

function render(value: Report | JointReport, options: Partial<RenderOptions> = {}): string {
  return renderText(value, { ...PLAIN, ...options });
}

function firstLine(text: string): string | undefined {
  expect(text.endsWith('\n')).toBe(true);
  return text.split('\n').at(0);
}

/** Lines that are too long and hold neither a URL nor a command, nor one id alone, which is never broken. */
function overlong(text: string, width: number): string[] {
  return text
    .split('\n')
    .filter((line) => line.length > width && !/https?:\/\/|golive-check run|^ +-/.test(line) && !ONE_ID.test(line));
}

const failing = check('replays-first-response', 'fail', {
  severity: 'blocker',
  title: 'Repeating a create answers as the first time',
  expected: '201',
  measured: '500',
  because: 'The repeat was answered 500.',
  reproduce: curl,
});
const echoing = check('echoes-version', 'pass', { topic: 'Versions', title: 'Every answer names its version' });

describe('one failing check', () => {
  it('stands below the verdict, with its fix', () => {
    expect(render(report([failing, echoing]))).toBe(`NO-GO  1 failed (1 blocker) · 1 passed · 52 requests
orders  https://sandbox.example.com/v2
sandbox · contract ietf (default) · 52 requests, 31 writes · 4.2 s

1 failure
  ✖ blocker  replays-first-response: The repeat was answered 500.
             Fix        Mend replays-first-response.

1 passed
  ✔ Versions 1 of 1

--verbose shows each finding with its calls, why it matters, and commands that
show it again.
`);
  });

  it('says in full what was expected, seen, why it matters, how to fix it, and how to see it again', () => {
    const text = render(report([failing, echoing]), { verbose: true });
    expect(text).toContain(`1 failure
  ✖ Repeating a create answers as the first time                         blocker
    replays-first-response
    Expected   201
    Seen       The repeat was answered 500.
    Why        It matters in production.
    Fix        Mend replays-first-response.
    See        https://example.com/docs/replays-first-response
               https://example.com/second
    Reproduce  golive-check run --only replays-first-response
               curl -i 'https://sandbox.example.com/v2/orders' \\
                 -H 'content-type: application/json' \\
                 --data-raw '{"reference":"glc-1"}'

1 passed

Versions
  ✔ Every answer names its version
    The answer to echoes-version was seen.

What to do next
  1. blocker  replays-first-response: Mend replays-first-response.
`);
  });

  it.each([
    ['200', 'It was answered.', '200 · It was answered.'],
    ['2 resources (counted)', '2 resources were made (counted).', '2 resources were made (counted).'],
    ['no such header', 'The replay carries no marker.', 'The replay carries no marker.'],
  ])('shows the figure %s only where the sentence does not hold it', (measured, because, seen) => {
    expect(render(report([check('a', 'fail', { measured, because })]))).toContain(`✖ major    a: ${seen}\n`);
  });

  it('shows the calls when verbose', () => {
    const exchange = {
      id: 'a.call',
      ...request({ method: 'GET', url: 'https://sandbox.example.com/v2/orders?limit=1' }),
      response: { status: 200, statusText: 'OK', headers: [], body: body('') },
      ended: 'complete',
      startedAtMs: 1200,
      endedAtMs: 1241,
    } as unknown as Report['exchanges'][number];
    const shown = report([check('a', 'fail', { at: ['a.call'] })], { exchanges: [exchange] });
    expect(render(shown, { verbose: true })).toContain('Calls      GET /v2/orders?limit=1 → 200, 41 ms after 1.2 s');
    expect(render(shown)).not.toContain('Calls');
  });
});

const STEPS = [
  { label: '503', waitMs: null, key: 'A', body: 'a' },
  { label: '201', waitMs: 1200, key: 'B', body: 'a' },
];
const noRetry = [
  check('retries-server-errors', 'fail', {
    severity: 'blocker',
    cause: 'never',
    because: 'It did not.',
    timeline: STEPS,
  }),
  check('retries-rate-limits', 'fail', { severity: 'blocker', cause: 'never' }),
  check('keeps-key', 'inconclusive', { cause: 'never' }),
];
const never = {
  id: 'never',
  title: 'Your client never retries',
  severity: 'blocker' as const,
  because: 'It did not.',
  fix: 'Retry.',
  checks: noRetry.map(({ id }) => id),
};

describe('causes', () => {
  const alone = report([...noRetry, echoing], { causes: [never] });
  const withOthers = report([...noRetry, check('other', 'fail'), check('open', 'inconclusive')], { causes: [never] });

  it('tell their findings in one block', () => {
    const text = render(alone);
    expect(text).toContain(`1 cause for 3 findings
  ✖ 1 blocker  Your client never retries
      2 failed: retries-server-errors, retries-rate-limits; 1 not judged
      It did not.
      Attempts   A 503 ──1.2 s── B 201 (A, B: idempotency keys)
      Fix        Retry.
`);
    expect(text).not.toMatch(/failures?\n|\n\d+ not judged\n/);
  });

  it('come before other failures and what is open', () => {
    const text = render(withOthers);
    const order = ['NO-GO', '1 cause for', '1 other failure', '\n1 not judged\n', 'What to do next'];
    expect(order.map((words) => text.indexOf(words))).toEqual(
      order.map((words) => text.indexOf(words)).toSorted((a, b) => a - b),
    );
    expect(order.map((words) => text.includes(words))).toEqual(order.map(() => true));
    expect(text).toContain('  1. blocker  never: Retry.\n  2. major    other: Mend other.\n');
  });

  it('name as many checks as fit one line, and all when verbose', () => {
    const many = Array.from({ length: 30 }, (_, at) => check(`check-number-${at}`, 'inconclusive', { cause: 'never' }));
    const value = report(many, { causes: [{ ...never, checks: many.map(({ id }) => id) }] });
    expect(render(value)).toMatch(/30 not judged: check-number-0, check-number-1, check-number-2 and 27 more\n/);
    expect(render(value, { verbose: true })).toContain('check-number-29');
    expect(render(value, { width: 40 })).toMatch(/check-number-0 and\n +29 more\n|check-number-0\n/);
  });

  it('in full, each finding stands for itself as well', () => {
    expect(render(alone, { verbose: true })).toContain('\n2 failures\n');
  });

  it('stand alone with failures where that is asked for', () => {
    const text = render(withOthers, { onlyFailures: true });
    expect(text).toContain('1 cause for');
    expect(text).toContain('1 other failure');
    expect(text).not.toMatch(/\n\d+ not judged\n|passed\n|do not apply/);
  });
});

describe('each outcome', () => {
  const text = render(everything);
  const full = render(everything, { verbose: true });

  it('passes are counted by topic; each in full, with what was seen', () => {
    expect(text).toContain('2 passed\n  ✖ Access 1 of 2');
    expect(full).toContain('  ✔ Promise of accepts-valid-key\n    The answer to accepts-valid-key was seen.\n');
  });

  it('never prints a statement as if it had been observed', () => {
    expect(text).toContain('✔ Secrets 1 of 1 (1 attested)');
    expect(full).toMatch(/ {2}✔ Promise of keeps-keys-in-a-vault +attested\n {4}Stated by dana\.\n/);
  });

  it('gives the reason of what is inconclusive, and its severity', () => {
    expect(text).toMatch(/ {2}\? blocker {2}creates-once-on-replay: Could not be observed:/);
  });

  it('tells an error of its own from a failure', () => {
    expect(text).toContain('  ! major    echoes-version: This check itself failed.\n');
  });

  it('shows a waiver with reason, person and date, and does not count it as failed', () => {
    expect(text).toMatch(/1 waived\n {2}~ Promise of challenges-unauthenticated-calls +waived\n/);
    expect(text).toContain('The provider mends it in Q1 (by dana@example.com, until\n               2027-01-31)');
    expect(firstLine(text)).toContain('1 failed (1 blocker)');
  });

  it('collapses what does not apply, and tells why when asked', () => {
    expect(text).toContain('– 1 check does not apply to this API or environment.\n');
    expect(text).not.toContain('contract.idempotency.marker');
    expect(full).toContain('  – Promise of marks-replays\n    Applies with contract.idempotency.marker.');
  });

  it('counts what was created and is still there, and names it when asked', () => {
    expect(text).toContain('9 resources of this run were not deleted (--verbose names them).\n');
    expect(full).toContain('9 resources of this run were not deleted\n  ord_1, ord_2, ');
    expect(full).toContain('ord_8, ord_9\n');
  });
});

describe('one reason for many', () => {
  const down = ['GET /a', 'POST /b', 'GET /c'].map((call, at) =>
    check(`check-${at}`, 'inconclusive', {
      code: 'unreachable',
      severity: 'blocker',
      because: `Could not be observed: ${call} was refused.`,
    }),
  );

  it('is said once, with the ids below', () => {
    const text = render(report(down, { verdict: 'undecided' }));
    expect(text.match(/was refused/g)).toHaveLength(1);
    expect(text).toContain(`3 not judged, for one reason
  Could not be observed: GET /a was refused. Other calls ended in the same way.
  ? check-0, check-1, check-2
`);
    expect(text).toContain('Clear up what could not be judged, and is a blocker: check-0, check-1, check-2\n');
    expect(firstLine(text)).toBe('UNDECIDED  0 passed · 3 inconclusive · 52 requests');
  });

  it('is told one by one for one or two', () => {
    expect(render(report(down.slice(0, 2)))).not.toContain('for one reason');
  });
});

describe('the verdict', () => {
  it.each([
    ['go', report([check('a', 'pass')]), 'GO  1 passed · 52 requests'],
    ['go, of events alone', ofEvents(0), 'GO  1 passed · 2 events'],
    ['go, of both', ofEvents(1), 'GO  1 passed · 1 request · 2 events'],
    [
      'no-go',
      report([
        check('a', 'fail', { severity: 'blocker' }),
        check('b', 'fail'),
        check('c', 'pass'),
        check('d', 'not-applicable'),
      ]),
      'NO-GO  2 failed (1 blocker) · 1 passed · 1 not applicable · 52 requests',
    ],
    [
      'shortened to the width',
      everything,
      'NO-GO  1 failed (1 blocker) · 1 in error · 2 passed · 1 inconclusive · 1 waived',
    ],
  ])('comes first: %s', (_, value, expected) => {
    expect(firstLine(render(value))).toBe(expected);
  });

  it('comes once more below a report that is longer than a screen', () => {
    const many = Array.from({ length: 30 }, (_, at) => check(`check-${at}`, 'fail'));
    expect(render(report(many)).match(/^NO-GO/gm)).toHaveLength(2);
    expect(render(report(many.slice(0, 3))).match(/^NO-GO/gm)).toHaveLength(1);
  });

  it('explains a go in spite of failures', () => {
    const text = render(report([check('a', 'fail', { severity: 'minor' })]));
    expect(text).toMatch(/^GO {2}1 failed \(1 minor\)/);
    expect(text).toContain('What failed is below major, the least that counts (--fail-on).\n');
  });

  it('says that it was interrupted', () => {
    const base = report([check('a', 'pass')], { verdict: 'undecided' });
    expect(render({ ...base, run: { ...base.run, interrupted: true } })).toContain('\nThe run was interrupted.');
  });
});

describe('what to do next', () => {
  it('is the whole fix of each, the gravest first', () => {
    const many = ['e', 'd', 'z'].map((id) => check(id, 'fail', { fix: `Mend ${id}.` }));
    const text = render(report([...many, check('grave', 'fail', { severity: 'blocker', fix: LONG })]));
    const next = text.slice(text.indexOf('What to do next'), text.indexOf('--verbose'));
    expect(next.replace(/\s+/g, ' ')).toBe(
      `What to do next 1. blocker grave: ${LONG} 2. major e: Mend e. 3. major d: Mend d. 4. major z: Mend z. `,
    );
    expect(text).not.toContain('…');
  });
});

describe('several targets', () => {
  const value = joint([
    report([check('a', 'fail', { severity: 'blocker' })]),
    report([check('a', 'pass')], { target: { ...everything.target, name: 'payouts' } }),
  ]);

  it('come in one line, in one table, then in turn', () => {
    const text = render(value);
    expect(text).toContain('\nNO-GO  1 failed (1 blocker) · 0 passed · 52 requests\n');
    expect(text).toContain('\nGO  1 passed · 52 requests\n');
    expect(text.slice(0, text.indexOf('─'))).toBe(
      `NO-GO  2 targets (1 no-go, 1 go) · 1 failed (1 blocker) · 1 passed
All targets
  ✖ NO-GO  orders                                1 failed (1 blocker) · 0 passed
  ✔ GO     payouts                                        1 passed · 52 requests

`,
    );
    expect(text.trimEnd().split('\n').at(-1)).toBe(firstLine(text));
  });
});

describe('any terminal', () => {
  const values = {
    everything,
    causes: report([...noRetry, echoing], { causes: [never] }),
    joint: joint([everything, report([check('a', 'pass')])]),
  };
  const widths = [40, 57, 80, 100, 120];

  for (const [name, value] of Object.entries(values)) {
    for (const unicode of [true, false]) {
      it.each(widths)(`${name} fits %i columns${unicode ? '' : ' in ASCII'}`, (width) => {
        for (const verbose of [true, false]) {
          const text = render(value, { width, unicode, verbose });
          expect(overlong(text, width)).toEqual([]);
          expect(text).not.toMatch(/[ \t]$/m);
          expect(firstLine(text)?.length).toBeLessThanOrEqual(width);
        }
      });
    }
  }

  it('breaks no id of a check', () => {
    const ids = ['leaves-rejected-events-without-effect', 'processes-concurrent-duplicates-once'];
    const value = report(ids.flatMap((id) => [check(id, 'fail'), check(`other-${id}`, 'inconclusive')]));
    for (const width of widths)
      for (const verbose of [true, false])
        for (const id of ids) expect(render(value, { width, verbose }), `${width}`).toContain(id);
  });

  it('gets ASCII alone where it has nothing else', () => {
    const foreign = check('b', 'fail', {
      because: 'Zoë sent “図” – twice…',
      reproduce: curlOf(request({ body: body('é図') })),
    });
    const text = render(report([...everything.checks, foreign]), { unicode: false, verbose: true });
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toContain('[FAIL] Promise of b');
    expect(text).toContain('Zoe sent "?" - twice...');
    for (const mark of ['[ok]', '[??]', '[--]', '[!!]', '[~~]']) expect(text).toContain(mark);
  });

  it('gets escape sequences only with colour, and the same text either way', () => {
    expect(render(everything)).not.toContain('\x1b');
    const colored = render(everything, { color: true });
    expect(colored).toContain('\x1b[31m');
    expect(colored.replace(/\x1b\[\d+m/g, '')).toBe(render(everything));
  });

  it('counts wide characters as two columns', () => {
    const text = render(report([check('a', 'fail', { because: '図'.repeat(100) })]));
    const wide = text.split('\n').filter((line) => line.includes('図'));
    expect(wide.length).toBeGreaterThan(2);
    for (const line of wide) expect(line.length + line.split('図').length - 1).toBeLessThanOrEqual(80);
  });
});

describe('a hostile peer', () => {
  const hostile = report(
    (['pass', 'fail', 'inconclusive', 'not-applicable', 'error'] as const).map((outcome) =>
      check(`hostile-${outcome}`, outcome, {
        because: HOSTILE,
        expected: HOSTILE,
        measured: `m ${HOSTILE}`,
        reproduce: `curl '${HOSTILE}'`,
        ...(outcome === 'error' ? { waiver: { reason: HOSTILE, by: HOSTILE, until: '2027-01-31' } } : {}),
      }),
    ),
    {
      target: { ...everything.target, name: HOSTILE, url: `https://a.example/${HOSTILE}` },
      traffic: { requests: 1, writes: 1, created: [HOSTILE] },
    },
  );

  it.each([true, false])('reaches no terminal (verbose: %s)', (verbose) => {
    for (const value of [hostile, joint([hostile])]) {
      expect(forbiddenIn(render(value, { verbose }))).toBeNull();
      expect(forbiddenIn(render(value, { verbose, color: true }).replace(/\x1b\[\d+m/g, ''))).toBeNull();
    }
  });

  it('cannot flood the report', () => {
    const flood = check('flood', 'fail', { because: 'x'.repeat(30_000), measured: `https://${'y'.repeat(30_000)}` });
    const begunAtMs = performance.now();
    const text = render(report([flood]));
    render(report([flood]), { verbose: true });
    expect(performance.now() - begunAtMs).toBeLessThan(1000);
    expect(text.length).toBeLessThan(4000);
    expect(overlong(text, 80)).toEqual([]);
  });
});
