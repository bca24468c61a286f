import * as z from 'zod';
import { isPlain } from '../../config/merge.js';
import { getPointer, setPointer } from '../../evidence/pointer.js';
import { withoutHeader } from '../answers.js';
import { defineFault } from '../define.js';
import { jsonBody } from '../json.js';
import type { Random } from '../random.js';

export default defineFault({
  id: 'unknown-fields',
  params: z.strictObject({
    /** JSON Pointers to members that take a value never documented. */
    enums: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
    members: z.int().nonnegative().default(2),
    reorder: z.boolean().default(true),
  }),
  positional: ['enums'],
  explain({ enums, members, reorder }) {
    const parts = members > 0 ? [`${members} more members in every object`] : [];
    if (reorder) parts.push('another order');
    if (enums.length > 0) parts.push(`unknown values at ${enums.join(', ')}`);
    return `The API answers with ${parts.join(', ')}.`;
  },
  async apply(call, { enums, members, reorder }, random) {
    const answer = await call.perform();
    const json = jsonBody(answer.body, answer.headers);
    if (!isPlain(json) && !Array.isArray(json)) {
      call.miss('The answer is not a JSON object or list.');
      await call.send(answer);
      return;
    }
    const valued = enums.reduce<unknown>((value, pointer) => {
      if (getPointer(value, pointer) !== undefined)
        return setPointer(value, pointer, `x_value_added_later_${random.hex(4)}`);
      call.miss(`The answer has no member at ${pointer}.`);
      return value;
    }, json);
    const body = Buffer.from(JSON.stringify(grown(valued, members, reorder, random)));
    await call.send({ ...answer, headers: withoutHeader(answer.headers, 'content-encoding'), body });
  },
});

function grown(value: unknown, members: number, reorder: boolean, random: Random): unknown {
  if (Array.isArray(value)) return value.map((one) => grown(one, members, reorder, random));
  if (!isPlain(value)) return value;
  const known = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    grown(member, members, reorder, random),
  ]);
  const added = Array.from({ length: members }, (_, at): [string, unknown] => [
    `x_added_later_${random.hex(4)}`,
    at % 2 === 0 ? 'added later' : { nested: [1, null, true] },
  ]);
  return Object.fromEntries(reorder ? [...added, ...known.toReversed()] : [...known, ...added]);
}
