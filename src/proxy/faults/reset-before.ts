import * as z from 'zod';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'reset-before',
  params: z.strictObject({}),
  explain: () => 'The connection is reset before the request is read.',
  async apply(call) {
    call.reset();
  },
});
