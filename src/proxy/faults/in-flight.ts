import * as z from 'zod';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'in-flight',
  params: z.strictObject({
    /** Default: as the contract says, else 409. */
    status: z.int().min(400).max(599).optional(),
    code: z.string().optional(),
  }),
  positional: ['status', 'code'],
  explain: ({ status, code }) =>
    `The API answers that the first request is still being performed${status === undefined ? '' : ` (${status}${code === undefined ? '' : ` ${code}`})`}.`,
  async apply(call, { status, code }) {
    const { inFlight, error } = call.samples;
    const message = 'A request with this key is being performed.';
    await call.send(error(status ?? inFlight.status, { code: code ?? inFlight.code, message }));
  },
});
