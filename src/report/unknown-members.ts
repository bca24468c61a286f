// What a file of a newer version holds, and this one does not know.
import { isPlain } from '../config/merge.js';

const LONGEST_NAME = 60;

/** Members of what was read that its schema left out; elements of lists by [] alone. */
export function lostIn(raw: unknown, read: unknown, place = ''): string[] {
  if (Array.isArray(raw) && Array.isArray(read))
    return raw.flatMap((one, index) => lostIn(one, read[index], `${place}[]`));
  if (!isPlain(raw) || !isPlain(read)) return [];
  return Object.entries(raw).flatMap(([key, value]) => {
    const name = key.slice(0, LONGEST_NAME);
    const inner = place === '' ? name : `${place}.${name}`;
    return Object.hasOwn(read, key) ? lostIn(value, read[key], inner) : [inner];
  });
}
