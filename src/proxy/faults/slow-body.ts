import * as z from 'zod';
import { withoutHeader } from '../answers.js';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'slow-body',
  params: z.strictObject({
    ms: z.number().nonnegative().default(2_000),
    pieces: z.int().positive().default(10),
  }),
  positional: ['ms', 'pieces'],
  explain: ({ ms, pieces }) => `The body of the answer takes ${ms / 1000} s to arrive, in ${pieces} pieces.`,
  async apply(call, { ms, pieces }) {
    const { status, headers, body } = await call.perform();
    call.open(status, [
      ...withoutHeader(headers, 'content-length', 'transfer-encoding'),
      ['Content-Length', String(body.length)],
    ]);
    const length = Math.max(1, Math.ceil(body.length / pieces));
    for (let start = 0; start < body.length; start += length) {
      await call.sleep(ms / pieces);
      await call.write(body.subarray(start, start + length));
    }
    call.finish();
  },
});
