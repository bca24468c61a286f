import * as z from 'zod';
import { answerOf, jsonAnswer } from '../answers.js';
import { defineFault } from '../define.js';

export default defineFault({
  id: 'status',
  params: z.strictObject({
    status: z.int().min(200).max(599),
    headers: z.record(z.string(), z.string()).default({}),
    /** Text, or a value that is sent as JSON; unset: the provider's error shape. */
    body: z.unknown().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    /** Retry-After as an HTTP date so many seconds ahead. */
    retryAfterDate: z.number().optional(),
  }),
  example: { status: 503 },
  positional: ['status'],
  others: 'headers',
  explain({ status, headers, retryAfterDate, code }) {
    const shown = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    if (retryAfterDate !== undefined) shown.push(`Retry-After: the date ${retryAfterDate} s ahead`);
    const named = code === undefined ? '' : ` with code ${code}`;
    return `The API answers ${status}${named}${shown.length === 0 ? '' : ` with ${shown.join(', ')}`}.`;
  },
  async apply(call, { status, headers, body, code, message, retryAfterDate }) {
    await call.body();
    const sample = call.samples.error(status, { code, message });
    const plain = typeof body === 'string' ? answerOf(status, [], body) : jsonAnswer(status, body);
    const answer = body === undefined ? sample : plain;
    const extra = Object.entries(headers);
    // The grain is one second: rounded up, the date never asks for less than was meant.
    if (retryAfterDate !== undefined) extra.push(['Retry-After', dateAhead(retryAfterDate)]);
    const names = new Set(extra.map(([name]) => name.toLowerCase()));
    const kept = answer.headers.filter(([name]) => !names.has(name.toLowerCase()));
    await call.send({ ...answer, headers: [...kept, ...extra] });
  },
});

function dateAhead(seconds: number): string {
  return new Date(Math.ceil((Date.now() + seconds * 1000) / 1000) * 1000).toUTCString();
}
