import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/checks/severity.js';
import type { Unlock } from '../../src/evidence/unlock.js';
import type { ReportCheck } from '../../src/report/schema.js';
import { createPen } from '../../src/report/text/layout.js';
import { settable, unlockSentence, unlocksOf } from '../../src/report/unlocks.js';
import { PLAIN } from './made.js';

let made = 0;
function idle(severity: Severity, unlock: Unlock): ReportCheck {
  made += 1;
  return { id: `check-${made}`, severity, outcome: 'not-applicable', unlock } as Partial<ReportCheck> as ReportCheck;
}

const LIST = [['client.workloads.list']];
const CHECKS = [
  idle('major', LIST),
  idle('minor', LIST),
  idle('blocker', [['endpoint.secondAccountKey']]),
  idle('major', [['webhook.state'], ['webhook.earlier']]),
  idle('major', [['attestations.rotates-keys']]),
  idle('major', [['attestations.monitors-performance']]),
  idle('minor', [['attestations.tests-all-flows']]),
  idle('blocker', [['contract.requestId.headers', 'contract.requestId.body']]),
  idle('minor', []),
  { ...idle('blocker', LIST), outcome: 'pass' } as ReportCheck,
];
const sentence = (width: number, lines?: number) =>
  unlockSentence(createPen({ ...PLAIN, width }), unlocksOf(CHECKS), 0, lines);

describe('what would unlock checks', () => {
  it('stands by key: the gravest first, then those that unlock most, promises of the API last', () => {
    const { groups, count, never } = unlocksOf(CHECKS);
    expect(groups.map(({ keys, checks }) => [keys.join(' + '), checks.length])).toEqual([
      ['endpoint.secondAccountKey', 1],
      ['attestations', 3],
      ['client.workloads.list', 2],
      ['webhook.state + webhook.earlier', 1],
      ['contract.requestId.headers', 1],
    ]);
    expect([count, never]).toEqual([9, 1]);
  });

  it('is one sentence', () => {
    expect(sentence(100)).toBe(
      '9 checks do not apply: endpoint.secondAccountKey would unlock a blocker, attestations 3, client.workloads.list 2, webhook.state and webhook.earlier 1; 1 needs a promise that your contract does not make; 1 does not apply to this API or environment.',
    );
  });

  it('names as many keys as there is room for, and counts the others', () => {
    expect(sentence(60, 4)).toBe(
      '9 checks do not apply: endpoint.secondAccountKey would unlock a blocker, attestations 3, client.workloads.list 2, other settings 1; 1 needs a promise that your contract does not make; 1 does not apply to this API or environment.',
    );
    expect(sentence(40, 1)).toBe(
      '9 checks do not apply: other settings would unlock 7; 1 needs a promise that your contract does not make; 1 does not apply to this API or environment.',
    );
  });

  it('is nothing where all apply, and no more than their number where nothing would unlock them', () => {
    const pen = createPen(PLAIN);
    expect(unlockSentence(pen, unlocksOf([]), 0)).toBe('');
    expect(unlockSentence(pen, unlocksOf([idle('minor', [])]), 0)).toBe(
      '1 check does not apply to this API or environment.',
    );
  });
});

describe('what the reader may set', () => {
  const promise: Unlock = [['contract.requestId.headers', 'contract.requestId.body']];
  it('is no promise of a provider, unless its contract leaves it open', () => {
    expect(settable(promise, ['runa'])).toEqual([]);
    expect(settable(promise, ['ietf'])).toEqual(promise);
    expect(settable(LIST, ['runa'])).toEqual(LIST);
    expect(settable([...LIST, ['contract.pagination']], ['runa', 'agent-ready'])).toEqual([]);
    expect(settable([['contract.idempotency.header', 'contract.idempotency.bodyField']], ['securbase'])).toEqual([
      ['contract.idempotency.header'],
    ]);
  });
});
