// GitHub refuses a job summary of more than 1 MiB as a whole: what is too long is cut, and says so.
const encoder = new TextEncoder();

/**
 * Whole pieces, as many of the first ones as there is room for.
 * @param notice says how many are missing
 */
export function within(pieces: readonly string[], mostBytes: number, notice: (missing: number) => string): string {
  const sizes = pieces.map((piece) => encoder.encode(piece).length);
  if (sizes.reduce((sum, size) => sum + size, 0) <= mostBytes) return pieces.join('');
  const room = mostBytes - encoder.encode(notice(pieces.length)).length;
  let used = 0;
  const kept = pieces.findIndex((_, at) => {
    used += sizes[at] ?? 0;
    return used > room;
  });
  const text = pieces.slice(0, kept).join('') + notice(pieces.length - kept);
  return encoder.encode(text).length <= mostBytes ? text : '';
}
