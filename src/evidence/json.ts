// JSON as peers send it: with a byte order mark, and with integers longer than a JavaScript number holds.

// A string is passed over as a whole.
const STRING_OR_LONG_INTEGER = /"(?:[^"\\]|\\.)*"|(?<![\w.+-])-?\d{16,}(?![\d.eE])/g;

/** Integers that would lose their last digits become strings of them, so that two ids of 64 bits stay two. */
export function parseJson(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  if (!/\d{16}/.test(plain)) return JSON.parse(plain);
  return JSON.parse(
    plain.replace(STRING_OR_LONG_INTEGER, (found) =>
      found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
    ),
  );
}
