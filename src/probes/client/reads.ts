import { scenario } from '../../lanes/scenario.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.reads',
  says: 'letting your client read the same thing again',
  after: ['client.control'],
  runs: 1,
  missing({ contract }, { workloads }) {
    if (workloads.read === undefined) return 'client.workloads.read';
    return Object.keys(contract.caching ?? {}).length === 0 ? 'contract.caching' : null;
  },
  async run({ client }, lanes) {
    const reading = scenario('workload read', null, { command: client.workloads.read?.command, operation: null });
    return { runs: await lanes.run([reading]) };
  },
});
