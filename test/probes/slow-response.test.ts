// An answer just inside the client's own time-out: on a busy machine it may come after it.
import { describe, expect, it } from 'vitest';
import type { LaneRun } from '../../src/evidence/run.js';
import type { Lanes } from '../../src/lanes/lanes.js';
import type { Scenario } from '../../src/lanes/scenario.js';
import probe from '../../src/probes/client/slow-response.js';
import type { ClientContext } from '../../src/probes/define.js';
import { type AttemptInput, lane } from '../helpers/lane.js';

const GIVEN_UP: readonly AttemptInput[] = [{ status: null, heldMs: 3000, endedBy: 'client' }, {}];
const IN_TIME: readonly AttemptInput[] = [{ heldMs: 2200, fault: true }];
const TOO_LATE: readonly AttemptInput[] = [{ status: null, heldMs: 3000, endedBy: 'client' }, { heldMs: 5 }];

/** What it asks for, and hands on, when the first runs and the quiet ones show these attempts. */
async function asked(first: readonly AttemptInput[], quiet: readonly AttemptInput[], isGuessed = true) {
  const asked: string[] = [];
  const runOf = (how: string, scenarios: readonly Scenario[], attempts: readonly AttemptInput[]): LaneRun[] =>
    scenarios.map(({ label }) => {
      asked.push(`${how}: ${label}`);
      return lane({ label, attempts });
    });
  const lanes: Lanes = {
    run: async (scenarios) => runOf('beside others', scenarios, first),
    runFurther: async (one) => runOf('beside others', [one], first),
    runQuietly: async (scenarios, atOnce) => runOf(`quietly, ${atOnce} at once`, scenarios, quiet),
  };
  const evidence = {
    'client.hang': { runs: [lane({ label: 'no answer', attempts: GIVEN_UP })] },
    'client.delays': {
      delays: isGuessed ? [{ ms: 2200, run: lane({ label: 'answered after 2200 ms', attempts: first }) }] : [],
    },
  };
  const context = { evidence: (key: keyof typeof evidence) => evidence[key] } as unknown as ClientContext;
  const { runs } = await probe.run(context, lanes);
  return { asked, calls: runs.map((run) => run.recording.attempts.length) };
}

describe('an answer just inside the time-out', () => {
  it('is not asked for again where a guess was inside and in time', async () => {
    expect(await asked(IN_TIME, [])).toEqual({ asked: [], calls: [1] });
  });

  it('is asked for where no guess was inside', async () => {
    expect(await asked(IN_TIME, [], false)).toEqual({ asked: ['beside others: answered after 2250 ms'], calls: [1] });
  });

  it.each([true, false])('is asked for again, quietly, where it came too late (guessed: %s)', async (isGuessed) => {
    const { asked: again, calls } = await asked(TOO_LATE, IN_TIME, isGuessed);
    expect(again.at(-1)).toBe(`quietly, 1 at once: answered after ${isGuessed ? 2200 : 2250} ms`);
    expect(calls).toEqual([1]);
  });

  it('stands as it is on a quiet machine', async () => {
    expect((await asked(TOO_LATE, TOO_LATE)).calls).toEqual([2]);
  });
});
