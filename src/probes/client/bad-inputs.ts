import { scenario } from '../../lanes/scenario.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.bad-inputs',
  says: 'giving your client bad input',
  after: ['client.control'],
  runs: 1,
  missing: (_target, client) => (Object.keys(client.badInputs).length === 0 ? 'client.badInputs' : null),
  async run({ client }, lanes) {
    const inputs = Object.entries(client.badInputs);
    return { runs: await lanes.run(inputs.map(([name, { command }]) => scenario(name, null, { command }))) };
  },
});
