import * as z from 'zod';
import { answerOf } from '../answers.js';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'html-error',
  params: z.strictObject({ status: z.int().min(400).max(599).default(502) }),
  positional: ['status'],
  explain: ({ status }) => `A gateway in front of the API answers ${status} with an HTML page.`,
  async apply(call, { status }) {
    const page = `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>gateway</body></html>\n`;
    await call.send(answerOf(status, [['Content-Type', 'text/html; charset=utf-8']], page));
  },
});
