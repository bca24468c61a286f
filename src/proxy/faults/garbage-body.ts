import * as z from 'zod';
import { withoutHeader } from '../answers.js';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'garbage-body',
  params: z.strictObject({ bytes: z.int().positive().default(64) }),
  positional: ['bytes'],
  explain: ({ bytes }) => `The call is carried out, but the body of its 200 is ${bytes} bytes that are not JSON.`,
  async apply(call, { bytes }, random) {
    const { headers } = await call.perform();
    // No JSON text begins with a brace and a zero byte.
    const body = Buffer.concat([Buffer.from('{\0'), random.bytes(bytes)]).subarray(0, Math.max(2, bytes));
    const kept = withoutHeader(headers, 'content-encoding', 'content-length');
    await call.send({ status: 200, statusText: null, headers: kept, body, trailers: [] });
  },
});
