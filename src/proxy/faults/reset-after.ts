import * as z from 'zod';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'reset-after',
  params: z.strictObject({}),
  explain: () => 'The connection is reset after the request was read; nothing was carried out.',
  async apply(call) {
    await call.body();
    call.reset();
  },
});
