// Character references of HTML that a secret may hold: numbers, and the names of ASCII's own signs.

const NAMES: Readonly<Record<string, number>> = {
  Tab: 9,
  NewLine: 10,
  excl: 33,
  quot: 34,
  QUOT: 34,
  num: 35,
  dollar: 36,
  percnt: 37,
  amp: 38,
  AMP: 38,
  apos: 39,
  lpar: 40,
  rpar: 41,
  ast: 42,
  midast: 42,
  plus: 43,
  comma: 44,
  period: 46,
  sol: 47,
  colon: 58,
  semi: 59,
  lt: 60,
  LT: 60,
  equals: 61,
  gt: 62,
  GT: 62,
  quest: 63,
  commat: 64,
  lbrack: 91,
  lsqb: 91,
  bsol: 92,
  rbrack: 93,
  rsqb: 93,
  Hat: 94,
  lowbar: 95,
  UnderBar: 95,
  grave: 96,
  DiacriticalGrave: 96,
  lbrace: 123,
  lcub: 123,
  vert: 124,
  verbar: 124,
  VerticalLine: 124,
  rbrace: 125,
  rcub: 125,
  nbsp: 160,
};
const LONGEST_NAME = 16;
const MOST_DIGITS = 8;
// Of these browsers need no semicolon.
const BARE = ['quot', 'QUOT', 'amp', 'AMP', 'lt', 'LT', 'gt', 'GT', 'nbsp'];

/** The reference at that ampersand, with or without its semicolon. */
export function decodeEntity(text: string, at: number): { code: number; end: number } | null {
  if (text[at + 1] === '#') {
    const found = /^(?:[xX]0{0,16}([\da-fA-F]{1,6})|0{0,16}(\d{1,7}))(;?)/.exec(
      text.slice(at + 2, at + 2 + 16 + MOST_DIGITS + 2),
    );
    if (found === null) return null;
    const code = found[1] === undefined ? Number(found[2]) : Number.parseInt(found[1], 16);
    return { code, end: at + 2 + found[0].length };
  }
  const close = /^([A-Za-z]{2,16});/.exec(text.slice(at + 1, at + 2 + LONGEST_NAME));
  const code = close === null ? undefined : NAMES[close[1] ?? ''];
  if (close !== null && code !== undefined) return { code, end: at + 1 + close[0].length };
  const bare = BARE.find((name) => text.startsWith(name, at + 1));
  return bare === undefined ? null : { code: NAMES[bare] ?? 0, end: at + 1 + bare.length };
}
