import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.limited',
  says: 'answering every call of a burst with 429',
  after: ['client.control'],
  settings: ['client.workloads.burst'],
  runs: 4,
  repeats: 2,
  async run({ client }, lanes) {
    const operation = client.workloads.burst?.operation ?? client.operation;
    const burst = { command: client.workloads.burst?.command, operation, timing: true, expectedMs: 5_000 };
    const free = scenario('workload burst', null, burst);
    const limited = scenario('workload burst under 429', scriptOf(step('status', { status: 429 }, null)), {
      ...burst,
      expectedMs: client.patience,
    });
    // Where it stops at the first 429 there is no pace to compare. What the machine does to one of a pair it does to the
    // other, so they run side by side.
    const [[one], [three, two, four]] = await Promise.all([
      lanes.run([free]),
      lanes.runFurther(limited, client.repeats === 1 ? [] : [free, limited].map((first) => ({ ...first, repeat: 2 }))),
    ]);
    const runs = (...some: readonly (typeof one)[]) => some.filter((run) => run !== undefined);
    return { operation, free: runs(one, two), limited: runs(three, four) };
  },
});
