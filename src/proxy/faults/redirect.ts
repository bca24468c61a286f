import * as z from 'zod';
import { answerOf } from '../answers.js';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'redirect',
  params: z.strictObject({ status: z.union([301, 302, 303, 307, 308].map((one) => z.literal(one))).default(307) }),
  positional: ['status'],
  explain: ({ status }) => `The API answers ${status} and points to another origin.`,
  async apply(call, { status }) {
    const origin = await call.otherOrigin();
    // Without the query: a key in it would be handed on by us, and not by the client.
    const path = call.url.replace(/^[a-z]+:\/\/[^/]*/i, '').split('?')[0];
    await call.send(answerOf(status, [['Location', `${origin}${path}`]], ''));
  },
});
