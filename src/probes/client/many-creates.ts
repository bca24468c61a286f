import { scenario } from '../../lanes/scenario.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.many-creates',
  says: 'letting your client create several',
  after: ['client.control'],
  runs: 1,
  missing({ contract, config }, { workloads }) {
    if (workloads.many === undefined) return 'client.workloads.many';
    if (contract.batch === undefined) return 'contract.batch';
    const { operation } = contract.batch;
    return config.endpoint?.operations[operation] === undefined ? `endpoint.operations.${operation}` : null;
  },
  async run({ client }, lanes) {
    const creating = scenario('workload many', null, { command: client.workloads.many?.command, expectedMs: 2_000 });
    return { operation: client.operation, runs: await lanes.run([creating]) };
  },
});
