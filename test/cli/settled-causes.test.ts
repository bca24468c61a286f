// A pipe is told of each cause in one line, whatever the order in which its findings settle.
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/causes/define.js';
import { findCauses } from '../../src/causes/find.js';
import { settledCauses } from '../../src/cli/settled-causes.js';

function finding(id: string, outcome: Finding['outcome'], code: string, changes: Partial<Finding> = {}): Finding {
  return { id, kind: 'client', severity: 'major', outcome, code, because: `${id}: ${code}`, ...changes };
}

const NEVER = [
  finding('retries-server-errors', 'fail', 'not-retried'),
  finding('retries-lost-connections', 'fail', 'gave-up'),
  finding('survives-lost-response', 'fail', 'gave-up'),
  finding('keeps-body-across-retries', 'inconclusive', 'never-retried'),
];
const ALONE = finding('pins-version', 'fail', 'missing');
const RETRIED = finding('keeps-body-across-retries', 'pass', 'kept');

function told(findings: readonly Finding[]): { at: number; id: string }[] {
  const settling = settledCauses();
  const lines = findings.flatMap((one, at) => settling.take(one).map(({ id }) => ({ at, id })));
  return [...lines, ...settling.rest().map(({ id }) => ({ at: findings.length, id }))];
}

describe('findings of a cause', () => {
  it('wait for it, and are told in one line', () => {
    expect(told([...NEVER, ALONE])).toEqual([
      { at: 3, id: 'never-retries' },
      { at: 4, id: 'pins-version' },
    ]);
  });

  it('are not claimed by a later cause before the earlier one is decided', () => {
    const [, lost, answer, body] = NEVER as [Finding, Finding, Finding, Finding];
    expect(told([lost, answer, body])).toEqual([{ at: 2, id: 'never-retries' }]);
    expect(told([lost, answer, RETRIED])).toEqual([{ at: 2, id: 'gives-up-on-lost-connections' }]);
  });

  it('are told one by one at the end where no cause came', () => {
    expect(told([NEVER[0] as Finding, RETRIED])).toEqual([{ at: 2, id: 'retries-server-errors' }]);
  });

  it('in any order, come under the causes of the report, and none is lost', () => {
    const all = [...NEVER, ALONE, finding('reports-failures', 'fail', 'hidden')];
    const causes = findCauses(all);
    const explained = new Set(causes.flatMap(({ findings }) => findings.map(({ id }) => id)));
    const failed = all.filter(({ id, outcome }) => outcome === 'fail' && !explained.has(id)).map(({ id }) => id);
    const expected = [...causes.map(({ cause }) => cause.id), ...failed].toSorted();
    for (let turn = 0; turn < all.length; turn += 1) {
      const order = [...all.slice(turn), ...all.slice(0, turn)];
      for (const some of [order, order.toReversed()])
        expect(
          told(some)
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(expected);
    }
  });

  it('an unreachable host is one line', () => {
    const open = ['a', 'b', 'c'].map((id) => finding(id, 'inconclusive', 'unreachable', { fact: 'nothing-listens' }));
    expect(told(open)).toEqual([{ at: 1, id: 'nothing-listens' }]);
  });
});
