import { scenario } from '../../lanes/scenario.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.reads',
  says: 'letting your client read the same thing again',
  after: ['client.control'],
  settings: ['client.workloads.read', 'contract.caching'],
  runs: 1,
  async run({ client }, lanes) {
    const reading = scenario('workload read', null, { command: client.workloads.read?.command, operation: null });
    return { runs: await lanes.run([reading]) };
  },
});
