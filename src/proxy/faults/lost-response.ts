import * as z from 'zod';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'lost-response',
  params: z.strictObject({ how: z.enum(['reset', 'close']).default('reset') }),
  positional: ['how'],
  explain({ how }) {
    const cut = how === 'reset' ? 'resets' : 'closes';
    return `The API carries the call out, then ${cut} the connection: its answer is lost.`;
  },
  async apply(call, { how }) {
    await call.perform();
    if (how === 'reset') call.reset();
    else await call.cut();
  },
});
