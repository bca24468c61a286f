// A JSON config. Node's own parser shows what it read, secrets among it, and seldom says where: another one tells that.
import { findNodeAtLocation, type Node, type ParseError, parse, parseTree, visit } from 'jsonc-parser';
import { UserError } from '../errors.js';
import type { Path } from './env.js';
import type { Position, Source } from './parsed.js';
import { characterAt, quoted, shownPlace } from './shown.js';

/** What was expected where the parser stops, by the number of its complaint. */
const EXPECTED: Readonly<Record<number, string>> = {
  2: 'a number such as 1, 0.5 or 1e3',
  3: 'a name in double quotes (and no comma after the last member)',
  4: 'a value: text in double quotes, a number, true, false, null, [ or { (and no comma after the last item)',
  5: 'a colon after the name',
  6: 'a comma before the next member or item',
  7: 'a closing }',
  8: 'a closing ]',
  9: 'the end of the file: one value alone',
  10: 'no comment: JSON has none, name the file .yaml for them',
  11: 'no comment: JSON has none, name the file .yaml for them',
  12: 'a closing double quote on the same line',
  13: 'a number such as 1, 0.5 or 1e3',
  14: '\\u and four hexadecimal digits',
  15: 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX',
  16: 'no control character: write it as \\n, \\t or \\uXXXX',
};
const WORD = 1;

/** @throws UserError with line and column of what is no JSON, and of a name that stands twice in one map. */
export function parseJson(file: string, text: string): Source {
  const positionOf = (offset: number): Position => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  const refuse = (offset: number, problem: string): never => {
    throw new UserError('unparsable-config', `${shownPlace(file, positionOf(offset))}: ${problem}`);
  };
  // An empty file is told as such, whatever its form.
  if (text.trim() === '') return { raw: undefined, file, placeOf: async () => ({ line: 1, column: 1 }) };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true, allowTrailingComma: false });
    const [first, second] = errors;
    const offset = first?.offset ?? 0;
    // Of a word without quotes it also says what should stand there.
    const { error = 0 } = (first?.error === WORD ? second : first) ?? {};
    refuse(offset, `not valid JSON: found ${characterAt(text, offset)}; expected ${EXPECTED[error] ?? 'a value'}`);
  }
  const twice = repeatedName(text);
  if (twice !== null)
    refuse(
      twice.offset,
      `found the name ${quoted(twice.name)} twice in one map (first in line ${positionOf(twice.first).line}); expected each name once`,
    );
  let tree: Node | undefined;
  return {
    raw,
    file,
    async placeOf(path) {
      tree ??= parseTree(text);
      return tree === undefined ? null : positionOf(offsetOf(tree, path));
    },
  };
}

interface Twice {
  name: string;
  offset: number;
  first: number;
}

/** JSON.parse would keep the last and drop the others without a word. */
function repeatedName(text: string): Twice | null {
  const open: Map<string, number>[] = [];
  let found: Twice | null = null;
  visit(text, {
    onObjectBegin: () => void open.push(new Map()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty(name, offset) {
      const first = open.at(-1)?.get(name);
      if (first !== undefined) found ??= { name, offset, first };
      open.at(-1)?.set(name, offset);
    },
  });
  return found;
}

function offsetOf(tree: Node, path: Path): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = findNodeAtLocation(tree, [...path.slice(0, depth)]);
    // Of a member its name.
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return tree.offset;
}
