// What stands on standard error while a run goes on.
import { expect, it } from 'vitest';
import type { Judgement } from '../../src/checks/verdict.js';
import type { Calls } from '../../src/cli/calls.js';
import { countFindings, plainLine, terminalLine } from '../../src/cli/findings.js';
import { leftText, progressLines, timeText } from '../../src/cli/progress.js';
import type { Progress } from '../../src/gather/options.js';
import { check } from '../report/made.js';

const CALLS: Calls = {
  endpoint: 'https://api.example.com/v1',
  client: 'orders: your client',
  receiver: 'orders: your receiver',
  statements: 'orders: what is stated',
  source: 'orders: your repository',
  lines: [],
};
const judgement = (id: string, outcome: Judgement['outcome'], changes: Partial<Judgement> = {}): Judgement =>
  ({ ...check(id, outcome), ...changes }) as Judgement;
const client = (changes: Partial<Progress> = {}): Progress => ({
  doing: ['answering 503', 'answering 429'],
  sent: 20,
  planned: 60,
  phase: 'client',
  ...changes,
});

it('tells failures and open blockers, and counts the rest', () => {
  const findings = countFindings((id) => id === 'waived');
  const told = [
    judgement('passes', 'pass'),
    judgement('fails', 'fail', { severity: 'minor', because: 'Seen\ntwice.\u001b[2J' }),
    judgement('waived', 'fail'),
    judgement('open', 'inconclusive'),
    judgement('blocks', 'inconclusive', { severity: 'blocker' }),
    judgement('absent', 'not-applicable', { severity: 'blocker' }),
    judgement('broken', 'error', { severity: 'blocker' }),
    judgement('alike', 'inconclusive', { severity: 'blocker', because: 'The answer to blocks was seen.' }),
  ].map((one) => findings.take(one));
  expect(told.map((one) => one?.mark ?? null)).toEqual([null, 'FAIL', null, null, 'OPEN', null, 'OPEN', null]);
  expect(told[1] == null ? null : plainLine(told[1])).toBe('golive-check: FAIL fails: Seen twice.');
  expect(findings.counts()).toBe('8 settled, 1 failed');
});

it.each([
  [{ columns: 40, color: false, unicode: true }, 'FAIL lost: It came back after 3,000 ms…'],
  [{ columns: 40, color: false, unicode: false }, 'FAIL lost: It came back after 3,000...'],
  [{ columns: 80, color: false, unicode: true }, 'FAIL lost: It came back after 3,000 ms – at last.'],
  [
    { columns: 80, color: true, unicode: true },
    '\u001b[31mFAIL\u001b[39m lost: It came back after 3,000 ms – at last.',
  ],
])('keeps a finding on one line of %o', (shown, line) => {
  const finding = { mark: 'FAIL' as const, id: 'lost', because: 'It came back after 3,000 ms – at last.' };
  expect(terminalLine(finding, shown)).toBe(line);
});

it('says where the run stands, and what it waits for', () => {
  const findings = countFindings(() => false);
  findings.take(judgement('fails', 'fail'));
  const times = { time: '12 s', left: ', about 24 s left' };
  expect(progressLines(client(), CALLS, findings, times)).toEqual([
    'orders: your client  20/60, about 24 s left',
    '1 settled, 1 failed, 12 s  answering 429 (+1)',
  ]);
  const waiting = ['waiting 3 s: your client was told Retry-After: 3'];
  expect(progressLines(client({ waiting }), CALLS, findings, times)[1]).toBe(
    '1 settled, 1 failed, 12 s  waiting 3 s: your client was told Retry-After: 3 (+2)',
  );
  expect(progressLines(client({ phase: 'source', doing: [] }), CALLS, findings, { time: '12 s', left: '' })).toEqual([
    'orders: your repository  20',
    '1 settled, 1 failed, 12 s',
  ]);
});

it('tells a time only where something tells it', () => {
  expect([timeText(12_300, null), timeText(12_300, 38_000), timeText(40_000, 38_000)]).toEqual([
    '12 s',
    '12 s of about 38 s',
    '40 s',
  ]);
  const left = (sent: number, planned = 60) => leftText(client({ sent, planned }), 10_000);
  expect([left(14), left(20), left(59), left(60), left(0, 0)]).toEqual(['', ', about 20 s left', '', '', '']);
});
