// JSON as peers send it: with a byte order mark, with integers longer than a JavaScript number holds, nested without end.

/** Levels. What is nested deeper is refused: it would overflow the stack of whoever walks through it. */
export const DEEPEST_JSON = 1000;

const NUMBER = /-?\d[\d.eE+-]*/y;
const LONG_INTEGER = /^-?\d{16,}$/;

/**
 * Integers that would lose their last digits become strings of them, so that two ids of 64 bits stay two.
 * @throws SyntaxError for what is no JSON, or nested too deep.
 */
export function parseJson(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  const exact = withLongIntegersAsStrings(plain);
  // `{12345678901234567890: 1}` is none, and would become some.
  const value: unknown = JSON.parse(plain);
  return exact === plain ? value : JSON.parse(exact);
}

/** undefined: it is none. */
export function jsonIn(text: string | undefined): unknown {
  try {
    return parseJson(text ?? '');
  } catch {
    return undefined;
  }
}

/** Numbers as JavaScript reads them. @throws SyntaxError for what is no JSON, or nested too deep. */
export function parsePlainJson(text: string): unknown {
  withLongIntegersAsStrings(text);
  return JSON.parse(text);
}

/** One pass, also through what is no JSON. */
function withLongIntegersAsStrings(json: string): string {
  let exact = '';
  let copied = 0;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at] ?? '';
    if (character === '"') at = endOfString(json, at);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    else if (character === '-' || (character >= '0' && character <= '9')) {
      NUMBER.lastIndex = at;
      const number = NUMBER.exec(json)?.[0] ?? character;
      if (LONG_INTEGER.test(number) && !Number.isSafeInteger(Number(number))) {
        exact += `${json.slice(copied, at)}"${number}"`;
        copied = at + number.length;
      }
      at += number.length - 1;
    }
    if (depth > DEEPEST_JSON) throw new SyntaxError(`JSON nested deeper than ${DEEPEST_JSON} levels`);
  }
  return exact + json.slice(copied);
}

/** Where the quote is that closes the string, or the end of the text. */
function endOfString(json: string, opens: number): number {
  let at = opens + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}
