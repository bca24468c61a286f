// One run for all scripts with one beginning: what a client that asks once would meet twice.
import { describe, expect, it } from 'vitest';
import type { LaneRun } from '../../src/evidence/run.js';
import { createBeginnings, withFurther } from '../../src/lanes/beginnings.js';
import { type Scenario, scenario } from '../../src/lanes/scenario.js';
import { ok, scriptOf, step } from '../../src/proxy/arm.js';
import { type LaneInput, lane } from '../helpers/lane.js';

const FOR_GOOD = {
  ...scenario('503 for good', scriptOf(step('status', { status: 503 }, null))),
  group: 'server-outage',
};
const ONCE = { ...scenario('503', scriptOf(step('status', { status: 503 }), ok)), group: 'server-errors' };
const OTHER = { ...scenario('500', scriptOf(step('status', { status: 500 }), ok)), group: 'server-errors' };
const ONE_CALL: Partial<LaneInput> = { attempts: [{ status: 503, fault: true }], exitCode: 1 };
const TWO_CALLS: Partial<LaneInput> = { attempts: [{ status: 503, fault: true }, { status: 201 }] };

/** Labels of what ran, of a client that answers each scenario so. */
async function performed(scenarios: readonly Scenario[], what: Partial<LaneInput>) {
  const beginnings = createBeginnings();
  const ran: string[] = [];
  const runs = await Promise.all(
    scenarios.map((one) =>
      beginnings.run(one, async () => {
        ran.push(one.label);
        return lane({ label: one.label, ...what } as LaneInput);
      }),
    ),
  );
  return {
    ran,
    labels: runs.map(({ label }) => label),
    lanes: new Set(runs.map(({ recording }) => recording.lane)).size,
  };
}

describe('scripts with one beginning', () => {
  it('are one run of a client that asks once, and each has its label', async () => {
    expect(await performed([ONCE, FOR_GOOD, OTHER], ONE_CALL)).toEqual({
      ran: ['503 for good', '500'],
      labels: ['503', '503 for good', '500'],
      lanes: 2,
    });
  });

  it.each<[string, Scenario[], Partial<LaneInput>]>([
    ['asks again', [ONCE, FOR_GOOD], TWO_CALLS],
    ['still runs', [ONCE, FOR_GOOD], { ...ONE_CALL, ended: 'patience' }],
    ['is to be seen several times', [ONCE, { ...ONCE, repeat: 2 }], ONE_CALL],
    ['runs another command', [ONCE, { ...ONCE, command: 'node burst.js' }], ONE_CALL],
    ['is killed', [ONCE, { ...ONCE, crashAfterMs: 500 }], ONE_CALL],
    ['was held up', [ONCE, FOR_GOOD], { ...ONE_CALL, timerLateMs: 60_000 }],
  ])('are run each where the client %s', async (_, scenarios, what) => {
    expect((await performed(scenarios, what)).ran).toHaveLength(scenarios.length);
  });

  it('wait no longer than until the client asks again', async () => {
    const beginnings = createBeginnings();
    let end: (run: LaneRun) => void = () => undefined;
    const first = beginnings.run(FOR_GOOD, (askedAgain) => {
      setImmediate(askedAgain);
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    const once = await beginnings.run(ONCE, async () => lane({ label: '503', attempts: [{ status: 503 }, {}] }));
    expect(once.label).toBe('503');
    end(lane({ label: '503 for good', attempts: [{ status: 503 }, { status: 503 }] }));
    expect((await first).label).toBe('503 for good');
  });
});

describe('repeats', () => {
  const run = (what: Partial<LaneInput>) => lane({ label: '503 for good', ...what } as LaneInput);

  it('are left out where the client asks once', async () => {
    const runs = await withFurther(
      async () => [run(ONE_CALL)],
      async () => [run(ONE_CALL)],
    );
    expect(runs).toHaveLength(1);
  });

  it('begin as soon as it asks again, before the first run is over', async () => {
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const runs = await withFurther(
      async (askedAgain) => {
        askedAgain();
        await over;
        return [run(TWO_CALLS)];
      },
      async () => {
        end();
        return [run(TWO_CALLS), run(TWO_CALLS)];
      },
    );
    expect(runs).toHaveLength(3);
  });

  it('fail with the first run', async () => {
    const failing = withFurther(
      async () => {
        throw new Error('no port');
      },
      async () => [],
    );
    await expect(failing).rejects.toThrow('no port');
  });
});
