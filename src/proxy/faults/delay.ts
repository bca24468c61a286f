import * as z from 'zod';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'delay',
  params: z.strictObject({ ms: z.number().nonnegative() }),
  example: { ms: 2_000 },
  positional: ['ms'],
  explain: ({ ms }) => `The API carries the call out, but answers ${ms / 1000} s later.`,
  async apply(call, { ms }) {
    const answer = await call.perform();
    await call.sleep(ms);
    await call.send(answer);
  },
});
