// The scheduler, with probes that end when the test lets them.
import { describe, expect, it } from 'vitest';
import type { EvidenceKey, GatheredMap } from '../../src/evidence/map.js';
import { type Lack, without } from '../../src/evidence/unlock.js';
import {
  evidenceFor,
  nounOf,
  type Phase,
  type Planned,
  schedule,
  setAside,
  thatCanRun,
} from '../../src/gather/schedule.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { NoEvidence } from '../../src/transport/budget.js';

type Noun = 'target' | 'authenticated' | 'replay' | 'race' | 'burst';
const keyOf = (noun: Noun) => `endpoint.${noun}` as const satisfies EvidenceKey;

function planned(noun: Noun, after: readonly Noun[] = [], missing: Lack | null = null): Planned {
  return { probe: { key: keyOf(noun), says: `doing ${noun}`, after: after.map(keyOf) }, missing };
}

const atOnce = (...members: readonly Planned[]): Phase<Planned> => ({ members, inTurn: false });
const inTurn = (...members: readonly Planned[]): Phase<Planned> => ({ members, inTurn: true });
const VALUE = { met: null };
/** Until nothing more happens by itself. */
const rest = () => new Promise((resolve) => setImmediate(resolve));

/** A run under way, and what it has begun. */
async function begin(phases: readonly Phase<Planned>[], before?: (planned: Planned) => Promise<void>) {
  const begun: string[] = [];
  const evidence: GatheredMap = {};
  const doing = new Set<string>();
  const endings = new Map<string, { resolve: () => void; reject: (reason: unknown) => void }>();
  const redactor = createRedactor([{ name: 'KEY', value: 'sk_test_0123456789', kind: 'credential' }]);
  let isOver = false;
  void schedule(phases, {
    evidence,
    redactor,
    doing,
    run(one) {
      begun.push(nounOf(one.probe));
      return new Promise((resolve, reject) =>
        endings.set(nounOf(one.probe), { resolve: () => resolve(VALUE), reject }),
      );
    },
    ...(before === undefined ? {} : { before }),
  }).then(() => {
    isOver = true;
  });
  await rest();
  const endingOf = (noun: Noun) => {
    const ending = endings.get(noun);
    if (ending === undefined) throw new Error(`${noun} has not begun`);
    return ending;
  };
  return {
    begun,
    evidence,
    doing,
    isOver: () => isOver,
    async end(noun: Noun) {
      endingOf(noun).resolve();
      await rest();
    },
    async fail(noun: Noun, reason: unknown) {
      endingOf(noun).reject(reason);
      await rest();
    },
  };
}

describe('order', () => {
  it('a probe begins when all that it builds on is there, others at once', async () => {
    const run = await begin([
      atOnce(planned('target'), planned('authenticated'), planned('replay', ['target', 'authenticated'])),
    ]);
    expect(run.begun).toEqual(['target', 'authenticated']);
    await run.end('authenticated');
    expect(run.begun).toEqual(['target', 'authenticated']);
    await run.end('target');
    expect(run.begun).toEqual(['target', 'authenticated', 'replay']);
    expect(run.isOver()).toBe(false);
    await run.end('replay');
    expect(run.isOver()).toBe(true);
    expect(run.evidence).toEqual({
      'endpoint.target': { ok: true, value: VALUE },
      'endpoint.authenticated': { ok: true, value: VALUE },
      'endpoint.replay': { ok: true, value: VALUE },
    });
  });

  it('a phase begins when the one before has ended, and knows its evidence', async () => {
    const run = await begin([
      atOnce(planned('target'), planned('authenticated')),
      atOnce(planned('replay', ['target'])),
    ]);
    await run.end('target');
    expect(run.begun).toEqual(['target', 'authenticated']);
    await run.end('authenticated');
    expect(run.begun).toEqual(['target', 'authenticated', 'replay']);
  });

  it('in turn each begins when the one before has ended, also where that failed', async () => {
    const run = await begin([inTurn(planned('target'), planned('race'), planned('burst'))]);
    expect(run.begun).toEqual(['target']);
    await run.end('target');
    expect(run.begun).toEqual(['target', 'race']);
    await run.fail('race', new Error('no'));
    expect(run.begun).toEqual(['target', 'race', 'burst']);
  });

  it('what precedes a probe comes when all is there that it builds on', async () => {
    const paused: string[] = [];
    const ends: (() => void)[] = [];
    const run = await begin([atOnce(planned('target'), planned('replay', ['target']))], ({ probe }) => {
      paused.push(nounOf(probe));
      return new Promise((resolve) => ends.push(resolve));
    });
    expect([paused, run.begun]).toEqual([['target'], []]);
    ends[0]?.();
    await rest();
    expect([paused, run.begun]).toEqual([['target'], ['target']]);
    await run.end('target');
    expect([paused, run.begun]).toEqual([['target', 'replay'], ['target']]);
  });

  it('says what is being done, from the begin of a probe to its end', async () => {
    const run = await begin([atOnce(planned('target'), planned('race'), planned('replay', ['target']))]);
    expect([...run.doing]).toEqual(['doing target', 'doing race']);
    await run.fail('race', new Error('no'));
    await run.end('target');
    expect([...run.doing]).toEqual(['doing replay']);
    await run.end('replay');
    expect([...run.doing]).toEqual([]);
  });
});

describe('failures', () => {
  it('no evidence, and why, is kept for the probe and for all that builds on it; none of these begins', async () => {
    const said = { exchange: 'target.call', text: 'too many' };
    const run = await begin([
      atOnce(planned('target'), planned('authenticated'), planned('replay', ['target', 'authenticated'])),
      atOnce(planned('race', ['replay'])),
    ]);
    await run.fail('target', new NoEvidence('budget', 'the budget is spent', { said }));
    await run.end('authenticated');
    expect(run.isOver()).toBe(true);
    const spent = { ok: false, why: 'budget', detail: 'the budget is spent', said };
    expect(run.begun).toEqual(['target', 'authenticated']);
    expect(run.evidence).toMatchObject({
      'endpoint.target': spent,
      'endpoint.authenticated': { ok: true },
      'endpoint.replay': spent,
      'endpoint.race': spent,
    });
  });

  it('a crash is kept without secrets, and is no crash of what builds on it', async () => {
    const run = await begin([atOnce(planned('target'), planned('replay', ['target']), planned('race'))]);
    await run.fail('target', new TypeError('cannot read sk_test_0123456789 of undefined'));
    await run.fail('race', 'thrown: sk_test_0123456789');
    expect(run.isOver()).toBe(true);
    const { 'endpoint.target': target, 'endpoint.replay': replay, 'endpoint.race': race } = run.evidence;
    expect(target).toMatchObject({ ok: false, why: 'crashed' });
    const detail = target?.ok === false ? target.detail : '';
    expect(detail).toMatch(/^TypeError: cannot read \[secret:KEY\] of undefined\n\s+at /);
    expect(replay).toEqual({ ok: false, why: 'dependency', detail });
    expect(race).toEqual({ ok: false, why: 'crashed', detail: 'thrown: [secret:KEY]' });
  });

  it('what is not configured is kept, and is what keeps others from their evidence', async () => {
    const evidence: GatheredMap = {};
    const probes = [planned('target'), planned('race', [], without('endpoint.key'))];
    setAside(probes, evidence);
    expect(thatCanRun(probes)).toEqual([probes[0]]);
    expect(evidence).toEqual({
      'endpoint.race': { ok: false, why: 'not-configured', detail: 'endpoint.key', unlock: [['endpoint.key']] },
    });
  });
});

describe('evidence for a probe', () => {
  const { probe } = planned('replay', ['target', 'authenticated']);
  const evidence = { 'endpoint.target': { ok: true, value: VALUE } } as unknown as GatheredMap;

  it('is that of the probes that it names, and of no other', () => {
    expect(evidenceFor(probe, evidence)('endpoint.target')).toBe(VALUE);
    expect(() => evidenceFor(probe, evidence)('endpoint.race')).toThrow(
      'endpoint.replay reads endpoint.race without naming it in "after"',
    );
  });

  it('is a failure of what it builds on where there is none', () => {
    const failed: GatheredMap = {
      'endpoint.authenticated': { ok: false, why: 'unreachable', detail: 'nothing listens' },
    };
    const why = (from: GatheredMap) => {
      try {
        return evidenceFor(probe, from)('endpoint.authenticated');
      } catch (error) {
        return error instanceof NoEvidence ? [error.why, error.message] : error;
      }
    };
    expect(why(failed)).toEqual(['dependency', 'nothing listens']);
    expect(why(evidence)).toEqual(['dependency', 'endpoint.authenticated is missing']);
  });
});
