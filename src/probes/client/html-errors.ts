import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.html-errors',
  says: 'answering your client with HTML and garbage',
  after: ['client.control'],
  runs: 2,
  async run(_context, lanes) {
    const html = scenario('502 with an HTML page', scriptOf(step('html-error', {}, null)), { expectedMs: 30_000 });
    const garbage = scenario('200 with garbage', scriptOf(step('garbage-body', {}, null)));
    return { runs: await lanes.run([html, garbage]) };
  },
});
