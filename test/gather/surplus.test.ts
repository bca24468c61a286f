// Effects that no event explains, with probes that see what a script says.
import { describe, expect, it } from 'vitest';
import type { EvidenceKey, GatheredMap } from '../../src/evidence/map.js';
import { explainEach, explainEffects } from '../../src/gather/surplus.js';
import type { PlannedReceiverProbe } from '../../src/plan.js';
import type { Effects } from '../../src/receiver/effects.js';
import { control, SEEING } from '../helpers/receiver-evidence.js';

/** `seen`: for each probe, the surplus of each of its runs, in turn; `late`: what each watch sees. */
function scene(seen: Partial<Record<EvidenceKey, readonly number[]>>, late: readonly number[] = [], of = SEEING) {
  const evidence: GatheredMap = { 'webhook.control': { ok: true, value: of } };
  const done: string[] = [];
  const runs = new Map<EvidenceKey, number>();
  let watches = 0;
  const keys = Object.keys(seen) as EvidenceKey[];
  const planned = keys.map(
    (key) => ({ missing: null, probe: { key, surplus: (value: number) => value } }) as unknown as PlannedReceiverProbe,
  );
  const run = ({ probe: { key } }: PlannedReceiverProbe) => {
    const at = runs.get(key) ?? 0;
    runs.set(key, at + 1);
    Object.assign(evidence, { [key]: { ok: true, value: seen[key]?.[at] ?? 0 } });
  };
  planned.forEach(run);
  const effects = {
    watchLate: () => {
      watches += 1;
      return Promise.resolve({ moved: late[watches - 1] ?? 0, waitedMs: 2_000 });
    },
    slowTo: (pace: string) => done.push(pace),
    settle: () => Promise.resolve(null),
  } as unknown as Effects;
  const again = async (members: readonly PlannedReceiverProbe[]) => {
    done.push(members.map(({ probe }) => probe.key.slice('webhook.'.length)).join(' '));
    members.forEach(run);
  };
  return { planned, evidence, done, rerun: { evidence, effects, again, sinceMs: 0 } };
}

describe('effects behind all events', () => {
  it('are watched once, and nothing runs again where all are explained', async () => {
    const { planned, evidence, done, rerun } = scene({ 'webhook.forms': [0], 'webhook.refusals': [0] });
    await explainEffects(planned, rerun);
    expect(done).toEqual([]);
    expect(evidence['webhook.control']).toMatchObject({ value: { watchedMs: 2_000 } });
  });

  it('that came late make all run again, as patient as the config allows', async () => {
    const { planned, done, rerun } = scene({ 'webhook.forms': [0, 0], 'webhook.refusals': [0, 20, 19] }, [20]);
    await explainEffects(planned, rerun);
    expect(done).toEqual(['patient', 'forms refusals', 'patient', 'refusals']);
  });

  it.each([
    ['a receiver without effects', control({ unit: 0 })],
    ['one whose effects cannot be told', control({ unit: null })],
  ])('are not watched for %s', async (_, of) => {
    const { planned, evidence, done, rerun } = scene({ 'webhook.refusals': [3] }, [3], of);
    await explainEffects(planned, rerun);
    expect(done).toEqual([]);
    expect(evidence['webhook.control']).toMatchObject({ value: { watchedMs: null } });
  });
});

describe('effects that move by themselves', () => {
  const MOVING = { value: { unit: null, settled: { effects: null, why: expect.stringMatching(/moves/) as string } } };

  it('show in a second watch, and nothing runs again', async () => {
    const { planned, evidence, done, rerun } = scene({ 'webhook.refusals': [0] }, [1, 1]);
    await explainEffects(planned, rerun);
    expect(done).toEqual([]);
    expect(evidence['webhook.control']).toMatchObject(MOVING);
  });

  it('show behind what ran again', async () => {
    const { planned, evidence, done, rerun } = scene({ 'webhook.refusals': [1, 0, 0] }, [0, 0, 1]);
    await explainEffects(planned, rerun);
    expect(done).toEqual(['careful', 'refusals', 'patient', 'refusals']);
    expect(evidence['webhook.control']).toMatchObject(MOVING);
  });
});

describe('effects that come and go', () => {
  it('are not judged where a probe that waited saw some, and none the next time', async () => {
    const { planned, evidence, done, rerun } = scene({ 'webhook.forms': [0, 1, 0], 'webhook.refusals': [2, 0, 1, 1] });
    await explainEffects(planned, rerun);
    expect(done).toEqual(['careful', 'refusals', 'patient', 'forms refusals', 'patient', 'forms refusals']);
    expect(evidence['webhook.control']).toMatchObject({ value: { unit: null } });
  });
});

describe('effects that a probe did not expect', () => {
  it('are its own where it sees them again', async () => {
    const { planned, done, rerun } = scene({ 'webhook.forms': [0], 'webhook.refusals': [20, 20] });
    await explainEach(planned, rerun);
    expect(done).toEqual(['careful', 'refusals']);
  });

  it('are those of another where it sees none again: all run again', async () => {
    const { planned, evidence, done, rerun } = scene({
      'webhook.duplicates': [0, 4, 4],
      'webhook.plain-reads': [4, 0, 0],
    });
    await explainEach(planned, rerun);
    expect(done).toEqual(['careful', 'plain-reads', 'patient', 'duplicates plain-reads', 'patient', 'duplicates']);
    expect(evidence).toMatchObject({ 'webhook.duplicates': { value: 4 }, 'webhook.plain-reads': { value: 0 } });
  });

  it('may be hidden among its own: all run again where their number differs', async () => {
    const { planned, done, rerun } = scene({ 'webhook.duplicates': [0, 0], 'webhook.refusals': [21, 20, 20, 20] });
    await explainEach(planned, rerun);
    expect(done).toEqual(['careful', 'refusals', 'patient', 'duplicates refusals', 'patient', 'refusals']);
  });

  it('may be missing ones', async () => {
    const { planned, done, rerun } = scene({ 'webhook.forms': [-1, -1] });
    await explainEach(planned, rerun);
    expect(done).toEqual(['careful', 'forms']);
  });
});
