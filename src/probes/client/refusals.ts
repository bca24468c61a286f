import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

const REFUSALS = [400, 401, 403, 404, 422];

export default defineClientProbe({
  key: 'client.refusals',
  says: 'refusing calls of your client with 4xx',
  after: ['client.control'],
  runs: 5,
  async run(context, lanes) {
    const may = new Set([...(context.target.contract.retry?.on ?? []), ...(context.target.contract.retry?.may ?? [])]);
    const statuses = REFUSALS.filter((status) => !may.has(status));
    return {
      runs: await lanes.run(
        statuses.map((status) => scenario(String(status), scriptOf(step('status', { status }, null)))),
      ),
    };
  },
});
