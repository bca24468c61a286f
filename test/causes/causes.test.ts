import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Cause, Finding } from '../../src/causes/define.js';
import { findCauses } from '../../src/causes/find.js';
import { CAUSES } from '../../src/causes/index.js';
import { CHECKS } from '../../src/checks/index.js';
import type { Outcome } from '../../src/checks/verdict.js';
import { FACTS } from '../../src/evidence/fact.js';

const SRC = new URL('../../src/', import.meta.url);

function finding(id: string, outcome: Outcome, code: string, changes: Partial<Finding> = {}): Finding {
  const check = CHECKS.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return { id, kind: check.kind, severity: check.severity, outcome, code, because: `${id} ${code}`, ...changes };
}

function found(findings: readonly Finding[], causes?: readonly Cause[]) {
  return findCauses(findings, causes).map(({ cause, findings: its }) => [cause.id, its.map(({ id }) => id)]);
}

function read(path: string): string {
  return readFileSync(new URL(path, SRC), 'utf8');
}

const SHARED = readdirSync(new URL('checks/shared/', SRC))
  .map((file) => read(`checks/shared/${file}`))
  .join('\n');

describe('the tables', () => {
  it('each fact has one cause, and each cause an id of its own, a title and a fix', () => {
    for (const fact of FACTS) expect(CAUSES.filter((one) => one.facts?.includes(fact) === true)).toHaveLength(1);
    expect(new Set(CAUSES.map(({ id }) => id)).size).toBe(CAUSES.length);
    for (const { title, fix } of CAUSES) {
      expect(title).toMatch(/^[A-Z].{10,}[^.]$/);
      expect(fix).toMatch(/^[A-Za-z].{7,}\.$/);
    }
  });

  it('each cause can be shown', () => {
    for (const { id, facts, shownBy, shownByOpen } of CAUSES) expect(facts ?? shownBy ?? shownByOpen, id).toBeDefined();
  });

  it('a check may end with each code that a cause names', () => {
    for (const { id: cause, shownBy, explains } of CAUSES)
      for (const [id, codes] of [...Object.entries(shownBy ?? {}), ...Object.entries(explains ?? {})]) {
        const kind = CHECKS.find((one) => one.id === id)?.kind;
        const source = read(`checks/${kind}/${id}.ts`) + SHARED;
        for (const code of codes ?? []) expect(source.includes(`'${code}'`), `${cause}: ${id} ${code}`).toBe(true);
      }
  });

  it('somebody gives each code of an open verdict that a cause names', () => {
    const all = CHECKS.map(({ id, kind }) => read(`checks/${kind}/${id}.ts`)).join('\n');
    const everywhere = [all, SHARED, read('judge.ts'), read('evidence/map.ts')].join('\n');
    for (const { id, shownByOpen, leavesOpen } of CAUSES)
      for (const code of [...(shownByOpen?.codes ?? []), ...(leavesOpen?.codes ?? [])])
        expect(everywhere.includes(`'${code}'`), `${id}: ${code}`).toBe(true);
  });
});

const NO_RETRY = [
  finding('keeps-body-across-retries', 'inconclusive', 'never-retried'),
  finding('keeps-key-across-retries', 'inconclusive', 'never-retried'),
  finding('retries-server-errors', 'fail', 'not-retried'),
  finding('retries-lost-connections', 'fail', 'gave-up'),
  finding('survives-lost-response', 'fail', 'gave-up'),
];

describe('findings with one cause', () => {
  it('are grouped, what shows it first', () => {
    expect(found(NO_RETRY)).toEqual([['never-retries', [...NO_RETRY.map(({ id }) => id)].toSorted(firstShown)]]);
    function firstShown(a: string, b: string) {
      const order = ['keeps-body-across-retries', 'retries-server-errors', 'retries-lost-connections'];
      const rank = (id: string) => (order.includes(id) ? order.indexOf(id) : id === 'survives-lost-response' ? 3 : 4);
      return rank(a) - rank(b);
    }
  });

  it('a check that says otherwise rules the cause out', () => {
    const kept = finding('keeps-body-across-retries', 'pass', 'kept');
    expect(found([kept, ...NO_RETRY.slice(1)])).toEqual([
      ['gives-up-on-lost-connections', ['retries-lost-connections', 'survives-lost-response']],
    ]);
  });

  it('without what shows it nothing is grouped by its consequences', () => {
    expect(found([finding('retries-server-errors', 'fail', 'not-retried'), NO_RETRY[1] as Finding])).toEqual([]);
    expect(
      found([
        finding('sends-request-id', 'inconclusive', 'none'),
        finding('recovers-after-limit', 'inconclusive', 'too-few'),
      ]),
    ).toEqual([]);
  });

  it('one finding is no cause', () => {
    expect(found([finding('reports-failures', 'fail', 'hidden')])).toEqual([]);
  });

  it('a finding belongs to one cause', () => {
    const both = [
      finding('reports-failures', 'fail', 'hidden'),
      finding('survives-html-errors', 'fail', 'taken-for-success'),
      finding('notices-errors-in-success-answers', 'fail', 'taken-for-success'),
    ];
    expect(found(both)).toEqual([['exits-zero-on-failure', both.map(({ id }) => id).toSorted(byTable)]]);
    expect(found(both.slice(1)).map(([id]) => id)).toEqual(['takes-any-answer-for-success']);
    function byTable(a: string, b: string) {
      const order = ['reports-failures', 'survives-html-errors', 'notices-errors-in-success-answers'];
      return order.indexOf(a) - order.indexOf(b);
    }
  });

  it('a client without key that never retries: first the key, then retries', () => {
    const findings = [
      ...NO_RETRY.slice(0, 1),
      finding('retries-server-errors', 'fail', 'not-retried'),
      finding('retries-rate-limits', 'fail', 'not-retried'),
      finding('sends-idempotency-key', 'fail', 'missing'),
      finding('uses-unguessable-keys', 'inconclusive', 'no-keys'),
    ];
    expect(found(findings).map(([id]) => id)).toEqual(['sends-no-idempotency-key', 'never-retries']);
  });

  it('that advice is in order even where the key is one finding alone', () => {
    const key = finding('sends-idempotency-key', 'fail', 'missing');
    expect(found([...NO_RETRY, key]).map(([id]) => id)).toEqual(['sends-no-idempotency-key', 'never-retries']);
    expect(found([key])).toEqual([]);
  });

  it('one unreachable host is one cause, whatever its checks are', () => {
    const ids = ['accepts-valid-key', 'rejects-wrong-key', 'creates-once-on-replay', 'sends-request-id'];
    const findings = ids.map((id) => finding(id, 'inconclusive', 'unreachable', { fact: 'nothing-listens' }));
    expect(found(findings)).toEqual([['nothing-listens', ids]]);
  });

  it('what presupposes a read is open with it, and only with it', () => {
    const open = finding('recovers-after-limit', 'inconclusive', 'too-few');
    const refused = finding('accepts-valid-key', 'fail', 'refused');
    expect(found([refused, open])).toEqual([['read-refused', ['accepts-valid-key', 'recovers-after-limit']]]);
    expect(found([finding('accepts-valid-key', 'pass', 'accepted'), open])).toEqual([]);
  });

  it('the gravest comes first, then what explains more', () => {
    const minor = finding('caches-reads', 'inconclusive', 'busy');
    const findings = [
      minor,
      { ...minor, id: 'polls-sparingly' },
      finding('logs-errors', 'fail', 'missing'),
      finding('logs-request-ids', 'fail', 'missing'),
      ...NO_RETRY,
      finding('reports-failures', 'fail', 'hidden'),
      finding('rejects-truncated-responses', 'fail', 'taken-for-success'),
    ];
    expect(found(findings).map(([id]) => id)).toEqual([
      'never-retries',
      'exits-zero-on-failure',
      'logs-no-failure',
      'busy-machine',
    ]);
  });

  it('passes and what does not apply belong to none', () => {
    expect(found([finding('logs-errors', 'pass', 'missing'), finding('logs-request-ids', 'fail', 'missing')])).toEqual(
      [],
    );
  });
});
