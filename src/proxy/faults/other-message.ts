import * as z from 'zod';
import { defineFault } from '../define.js';

const WORDS = [
  'Etwas ist schiefgelaufen',
  'Une erreur est survenue',
  'Please see reference',
  'Request could not be completed',
] as const;

export default defineFault({
  id: 'other-message',
  params: z.strictObject({
    status: z.int().min(400).max(599).default(422),
    code: z.string().optional(),
    message: z.string().optional(),
  }),
  positional: ['status', 'code', 'message'],
  explain: ({ status, code }) =>
    `The API answers ${status} with ${code === undefined ? 'the usual code' : `code ${code}`} but other words in the message.`,
  async apply(call, { status, code, message }, random) {
    const words = message ?? `${random.pick(WORDS)} (${random.hex(6)})`;
    const answer = call.samples.error(status, { code, message: words });
    if (answer.body.equals(call.samples.error(status, { code }).body))
      call.miss('The error has no words that could be others (contract.errors.message).');
    await call.send(answer);
  },
});
