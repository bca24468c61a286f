import { lack, without } from '../../evidence/unlock.js';
import { pagesOf } from '../../lanes/paged-list.js';
import { scenario } from '../../lanes/scenario.js';
import { stubOperation } from '../../proxy/stub.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.list',
  says: 'letting your client read a long list',
  after: ['client.control'],
  settings: ['client.workloads.list', 'contract.pagination'],
  runs: 1,
  missing({ contract, config }, { workloads: { list } }) {
    if (list === undefined) return without('client.workloads.list');
    if (contract.pagination === undefined) return without('contract.pagination');
    const { operation } = contract.pagination;
    const listing = config.endpoint?.operations[operation];
    if (listing === undefined) return without(`endpoint.operations.${operation}`);
    // The page is read from the query, which calls with a body need not use.
    return stubOperation(operation, listing).method === 'GET'
      ? null
      : lack(`endpoint.operations.${operation} with method GET`, `endpoint.operations.${operation}.method: GET`);
  },
  async run({ target, client }, lanes) {
    const { pagination } = target.contract;
    if (pagination === undefined) throw new Error('planned without contract.pagination');
    const { operation } = pagination;
    const going = scenario('workload list', null, {
      command: client.workloads.list?.command,
      operation,
      expectedMs: 3_000,
      stub: (operations) =>
        operations.map((one) => (one.name !== operation ? one : { ...one, respond: pagesOf(pagination, one.answer) })),
    });
    return { operation, runs: await lanes.run([going]) };
  },
});
