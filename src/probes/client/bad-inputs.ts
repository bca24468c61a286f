import { scenario } from '../../lanes/scenario.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.bad-inputs',
  says: 'giving your client bad input',
  after: ['client.control'],
  settings: ['client.badInputs'],
  runs: 1,
  async run({ client }, lanes) {
    const inputs = Object.entries(client.badInputs);
    return { runs: await lanes.run(inputs.map(([name, { command }]) => scenario(name, null, { command }))) };
  },
});
