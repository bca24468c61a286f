// A YAML config: what the parser finds wrong, in words that say what was found and what was expected.
import { UserError } from '../errors.js';
import type { Path } from './env.js';
import { didYouMean } from './issues.js';
import type { Position, Source } from './parsed.js';
import { characterAt, quoted, shownPlace } from './shown.js';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from './yaml.js';

const QUOTES = 'quotes around a text that holds such a character';

/** Found and expected, by what the parser calls it; null: the character at the place. */
const MEANINGS: Readonly<Record<string, readonly [found: string | null, expected: string]>> = {
  TAB_AS_INDENT: ['a tab as indentation', 'spaces, two for each level'],
  BAD_INDENT: ['an indentation that fits no level', 'as many spaces as its neighbours have'],
  BLOCK_AS_IMPLICIT_KEY: [
    'a second name, or a list, on the line of a name',
    'it on a line of its own, indented; or quotes around a text that holds ": "',
  ],
  MULTILINE_IMPLICIT_KEY: ['a name without its colon', 'name: value on one line'],
  KEY_OVER_1024_CHARS: ['a name of more than 1024 characters', 'a shorter one'],
  BLOCK_IN_FLOW: ['indented lines within brackets', 'a closing bracket before them'],
  BAD_SCALAR_START: [null, 'quotes around a text that begins so'],
  BAD_DQ_ESCAPE: ['an unknown escape in double quotes', 'single quotes, or \\\\ for a backslash'],
  BAD_DIRECTIVE: ['a directive (%)', 'none, or quotes around a text that begins with %'],
  MULTIPLE_DOCS: ['a second document (---)', 'one; several integrations stand under targets'],
  TAG_RESOLVE_FAILED: [
    'a tag (!)',
    'none: ${NAME} in a text reads the environment; quotes around a text that begins with !',
  ],
  BAD_COLLECTION_TYPE: ['a tag (!) of another type', 'no tag'],
  MULTIPLE_ANCHORS: ['two anchors (&) for one value', 'one'],
  MULTIPLE_TAGS: ['two tags (!) for one value', 'none'],
  ALIAS_PROPS: ['an alias (*) with an anchor or a tag', 'the alias alone'],
  BAD_ALIAS: ['an alias (*) or anchor (&) without a name', 'a name behind it, or quotes around a text that begins so'],
  BAD_PROP_ORDER: ['an anchor (&) or a tag (!) before the sign that it belongs behind', 'it behind - or :'],
};
/** What is missing, by the words of the parser. */
const MISSING: readonly (readonly [said: RegExp, found: string | null, expected: string])[] = [
  [/closing "/, null, 'a closing double quote'],
  [/closing '/, null, 'a closing single quote'],
  [/end with a \}/, null, 'a closing }'],
  [/end with a \]/, null, 'a closing ]'],
  [/map values/, 'a name without its colon', 'name: value'],
  [/Missing , or :/, null, 'a colon and a space after the name, or a comma after the item'],
  [/Missing ,/, null, 'a comma before the next item'],
  [/space after :/, null, 'a space after the colon'],
  [/without - /, null, 'a dash before the item'],
  [/Comments/, null, 'a space before the comment; or quotes around a text that holds #'],
];
// Aliases of aliases make a small file endless.
const MOST_VALUES = 10_000;
// The parser looks through the whole document for each.
const MOST_ALIASES = 500;

/** @throws UserError with line and column of the first thing that is wrong. */
export function parseYaml(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const refuse = (offset: number, problem: string): never => {
    throw new UserError('unparsable-config', `${shownPlace(file, positionOf(offset))}: ${problem}`);
  };
  const [error] = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (error !== undefined) refuse(error.pos[0], explain(error, text, document));
  const alias = badAlias(document);
  if (alias !== null) refuse(alias.offset, alias.problem);
  return {
    raw: document.toJS({ maxAliasCount: -1 }) as unknown,
    file,
    async placeOf(path) {
      return positionOf(offsetOf(document, path));
    },
  };
}

function explain({ code, message, pos: [offset] }: YAMLError, text: string, document: Document): string {
  if (code === 'DUPLICATE_KEY') return repeatedName(text, offset, document);
  const missing = MISSING.find(([said]) => said.test(message));
  const [found, expected] =
    missing === undefined ? (MEANINGS[code] ?? [null, `name: value, or ${QUOTES}`]) : [missing[1], missing[2]];
  return `not valid YAML: found ${found ?? characterAt(text, offset)}; expected ${expected}`;
}

function repeatedName(text: string, offset: number, document: Document): string {
  let name: unknown = null;
  let first = 0;
  visit(document, {
    Map(_, map) {
      const at = map.items.findIndex(({ key }) => isNode(key) && key.range?.[0] === offset);
      const key = map.items[at]?.key;
      if (!isScalar(key)) return undefined;
      name = key.value;
      const one = map.items.find((item) => isScalar(item.key) && item.key.value === key.value)?.key;
      first = isNode(one) ? (one.range?.[0] ?? 0) : 0;
      return visit.BREAK;
    },
  });
  const line = text.slice(0, first).split('\n').length;
  return `found the name ${quoted(String(name))} twice in one map (first in line ${line}); expected each name once`;
}

/** An alias of nothing, one inside its own anchor, one too many, or one of so many that the values behind them have no end. */
function badAlias(document: Document): { offset: number; problem: string } | null {
  const anchors = new Map<string, Node>();
  const sizes = new Map<Node, number>();
  const meant = new Map<Node, Node>();
  let count = 0;
  let bad: { offset: number; problem: string } | null = null;
  visit(document, {
    Node(_, node, around) {
      if (!isAlias(node)) {
        if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
        return undefined;
      }
      const name = node.source;
      const target = anchors.get(name);
      count += 1;
      const problem =
        target === undefined
          ? ofNoAnchor(name, [...anchors.keys()])
          : count > MOST_ALIASES
            ? `found more than ${MOST_ALIASES} aliases; expected a config as somebody writes one`
            : around.includes(target)
              ? `found the alias ${quoted(`*${name}`)} inside its own anchor (&${name}); expected no circle`
              : null;
      if (target !== undefined) meant.set(node, target);
      if (problem === null && sizeOf(node, meant, sizes) <= MOST_VALUES) return undefined;
      bad = {
        offset: node.range?.[0] ?? 0,
        problem:
          problem ??
          `found the alias ${quoted(`*${name}`)}, which stands for more than ${MOST_VALUES} values; expected a config without such aliases`,
      };
      return visit.BREAK;
    },
  });
  return bad;
}

function ofNoAnchor(name: string, known: readonly string[]): string {
  const anchors = known.map((one) => `&${one}`).join(', ') || 'there is none';
  return `found the alias ${quoted(`*${name}`)}; expected one of an anchor before it (${anchors}), or quotes around a text that begins with *${didYouMean(name, known)}`;
}

/** Values that a node stands for, those behind aliases counted each time. */
function sizeOf(node: unknown, meant: ReadonlyMap<Node, Node>, sizes: Map<Node, number>): number {
  if (!isNode(node)) return isPair(node) ? sizeOf(node.key, meant, sizes) + sizeOf(node.value, meant, sizes) : 0;
  const target = meant.get(node);
  if (target !== undefined) return sizeOf(target, meant, sizes);
  if (!('items' in node)) return 1;
  const known = sizes.get(node);
  if (known !== undefined) return known;
  const size = node.items.reduce((sum: number, one) => sum + sizeOf(one, meant, sizes), 1);
  sizes.set(node, size);
  return size;
}

function offsetOf(document: Document, path: Path): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = document.getIn(path.slice(0, depth - 1), true);
    const last = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && String(item.key) === String(last))
      : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range != null) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
