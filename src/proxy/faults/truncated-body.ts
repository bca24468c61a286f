import * as z from 'zod';
import { withoutHeader } from '../answers.js';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'truncated-body',
  params: z.strictObject({
    /** Share of the body that is sent. */
    share: z.number().min(0).max(0.99).default(0.5),
  }),
  positional: ['share'],
  explain: ({ share }) =>
    `The call is carried out, but ${Math.round(share * 100)} % of the answer's body arrive before the connection closes.`,
  async apply(call, { share }) {
    const { status, headers, body } = await call.perform();
    if (body.length === 0) call.miss('The answer has no body that could be cut short.');
    call.open(status, [
      ...withoutHeader(headers, 'content-length', 'transfer-encoding'),
      ['Content-Length', String(body.length)],
    ]);
    await call.write(body.subarray(0, Math.floor(body.length * share)));
    await call.cut();
  },
});
