import { NO_FAULT } from '../../evidence/run.js';
import { repeated, scenario } from '../../lanes/scenario.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.control',
  says: 'running your client without faults',
  after: [],
  runs: 2,
  async run(_context, lanes) {
    return { runs: await lanes.run(repeated(2, scenario(NO_FAULT, null))) };
  },
});
