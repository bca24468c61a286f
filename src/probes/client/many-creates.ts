import { without } from '../../evidence/unlock.js';
import { scenario } from '../../lanes/scenario.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.many-creates',
  says: 'letting your client create several',
  after: ['client.control'],
  settings: ['client.workloads.many', 'contract.batch'],
  runs: 1,
  missing({ contract, config }, { workloads }) {
    if (workloads.many === undefined) return without('client.workloads.many');
    if (contract.batch === undefined) return without('contract.batch');
    const { operation } = contract.batch;
    return config.endpoint?.operations[operation] === undefined ? without(`endpoint.operations.${operation}`) : null;
  },
  async run({ client }, lanes) {
    const creating = scenario('workload many', null, { command: client.workloads.many?.command, expectedMs: 2_000 });
    return { operation: client.operation, runs: await lanes.run([creating]) };
  },
});
