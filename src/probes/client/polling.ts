import type { ResolvedTarget } from '../../config/load.js';
import type { Client } from '../../config/schema.js';
import { without } from '../../evidence/unlock.js';
import { scenario } from '../../lanes/scenario.js';
import { statusRead, statusReadOf } from '../../lanes/status-reads.js';
import { defineClientProbe } from '../define.js';

// Enough waits for a middle one, and few enough for a client that polls slowly.
const PENDING_READS = 4;

function polled(target: ResolvedTarget, { workloads, operation: usual }: Client) {
  const operation = workloads.async?.operation ?? usual;
  return { operation, poll: target.config.endpoint?.operations[operation]?.poll };
}

export default defineClientProbe({
  key: 'client.polling',
  says: 'letting your client wait for something that takes long',
  after: ['client.control'],
  settings: ['endpoint.operations.<name>.poll.everyMs'],
  runs: 1,
  missing(target, client) {
    const { operation, poll } = polled(target, client);
    if (poll === undefined) return without(`endpoint.operations.${operation}.poll.everyMs`);
    return poll.everyMs === undefined ? without(`endpoint.operations.${operation}.poll.everyMs`) : null;
  },
  async run({ target, client }, lanes) {
    const { operation, poll } = polled(target, client);
    if (poll?.everyMs === undefined) throw new Error('planned without poll.everyMs');
    const { everyMs } = poll;
    const waiting = scenario('workload async', null, {
      command: client.workloads.async?.command,
      operation,
      timing: true,
      expectedMs: everyMs * (PENDING_READS + 1),
      stub: (operations) => {
        const others = operations.filter((one) => one.name !== statusReadOf(operation));
        return [statusRead(operation, poll, others, PENDING_READS), ...others];
      },
    });
    return { operation, reads: statusReadOf(operation), everyMs, runs: await lanes.run([waiting]) };
  },
});
