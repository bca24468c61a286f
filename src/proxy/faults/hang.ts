import * as z from 'zod';
import { defineFault } from '../define.js';

const MODES = ['accept-and-never-answer', 'headers-then-silence'] as const;

export default defineFault({
  id: 'hang',
  params: z.strictObject({ mode: z.enum(MODES).default('accept-and-never-answer') }),
  positional: ['mode'],
  explain({ mode }) {
    if (mode === 'headers-then-silence') return 'The API sends the headers of a 200 and then nothing more.';
    return 'The API takes the request and never answers.';
  },
  async apply(call, { mode }) {
    await call.body();
    if (mode === 'headers-then-silence') {
      call.open(200, [
        ['Content-Type', 'application/json'],
        ['Content-Length', '512'],
      ]);
    }
    await call.hang();
  },
});
