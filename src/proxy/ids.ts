import type { Random } from './random.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SHORTEST_TAIL = 6;

/** An id of the same shape as the sample: clients check prefixes, lengths and types. */
export function freshLike(sample: unknown, random: Random): string | number {
  if (typeof sample === 'number') return random.integer(1, 8_999_999) + 1_000_000;
  const text = typeof sample === 'string' ? sample : '';
  const version = UUID.exec(text)?.[1];
  if (version !== undefined) {
    const digits = random.hex(32);
    // The variant's two bits are 10 (RFC 9562, 4.1).
    const variant = (8 + random.integer(0, 3)).toString(16);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${version}${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
  }
  const [prefix = '', tail = ''] = /^(.*[_-])?([^_-]*)$/s.exec(text)?.slice(1) ?? [];
  // Letters of a hexadecimal tail stay hexadecimal.
  const hexadecimal = /^[0-9a-f]+$/.test(tail) && /\d/.test(tail);
  const shaped = [...tail.padEnd(SHORTEST_TAIL, '0')].map((character) => {
    if (hexadecimal && /[a-f]/.test(character)) return random.hex(1);
    if (/\d/.test(character)) return String(random.integer(0, 9));
    if (/[a-z]/.test(character)) return String.fromCharCode(random.integer(97, 122));
    if (/[A-Z]/.test(character)) return String.fromCharCode(random.integer(65, 90));
    return character;
  });
  return `${prefix}${shaped.join('')}`;
}
