// Puts members into a map of a YAML text and changes not one other byte: a parser says where things stand, and the text is
// edited there. What cannot be edited in this way is left to its author.
import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isNode, isScalar, type Node, parseDocument, toYaml, type YAMLMap } from './yaml.js';

export type Members = Readonly<Record<string, string>>;

/** The text with these members in the map at `path`, made where it is missing; null: its form does not allow that. */
export function withMembers(text: string, path: readonly string[], members: Members): string | null {
  const document = parseDocument(text);
  const edits = editsFor({ text, contents: document.contents, path, members });
  if (edits === null) return null;
  const changed = edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((rest, { from, to, put }) => rest.slice(0, from) + put + rest.slice(to), text);
  const result = parseDocument(changed);
  const isMeant =
    result.errors.length === 0 && isDeepStrictEqual(result.toJS(), withSet(document.toJS() as unknown, path, members));
  return isMeant ? changed : null;
}

interface Edit {
  from: number;
  to: number;
  put: string;
}

interface Wanted {
  text: string;
  contents: unknown;
  path: readonly string[];
  members: Members;
}

function editsFor({ text, contents, path, members }: Wanted): Edit[] | null {
  let map: unknown = contents;
  for (const [depth, name] of path.entries()) {
    if (!isMap(map)) return null;
    const pair = pairOf(map, name);
    const rest = nest(path.slice(depth + 1), members);
    if (pair === undefined) return insertion(text, map, { [name]: rest }, depth === 0);
    if (isNothing(pair.value)) return map.flow === true ? null : below(text, pair.key, rest);
    map = pair.value;
  }
  return isMap(map) ? memberEdits(text, map, members) : null;
}

/** Each member in its place; what is new behind the last one. */
function memberEdits(text: string, map: YAMLMap, members: Members): Edit[] | null {
  const edits: Edit[] = [];
  const added: Record<string, string> = {};
  for (const [name, value] of Object.entries(members)) {
    const node: unknown = pairOf(map, name)?.value;
    if (pairOf(map, name) === undefined) added[name] = value;
    else if (!isScalar(node) || node.range == null || node.anchor !== undefined || node.type?.startsWith('BLOCK'))
      return null;
    else if (node.value !== value)
      edits.push({ from: node.range[0], to: node.range[1], put: scalarText(value, map.flow === true) });
  }
  if (Object.keys(added).length === 0) return edits;
  const inserted = insertion(text, map, added, false);
  return inserted === null ? null : [...edits, ...inserted];
}

function pairOf(map: YAMLMap, name: string) {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

/** `name:` with nothing behind it. */
function isNothing(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && (value.source ?? '') === '');
}

export type Nested = string | { readonly [name: string]: Nested };

export function nest(path: readonly string[], members: Members): Nested {
  return path.reduceRight<Nested>((inner, name) => ({ [name]: inner }), members);
}

function insertion(
  text: string,
  map: YAMLMap,
  added: { readonly [name: string]: Nested },
  isRoot: boolean,
): Edit[] | null {
  const last = map.items.at(-1);
  if (map.flow === true) {
    const put = flowText(added);
    if (last !== undefined) return at(endOf(last), `, ${put}`);
    return map.range == null ? null : at(map.range[0] + 1, ` ${put} `);
  }
  const first = map.items[0]?.key;
  if (last === undefined || !isNode(first) || first.range == null) return null;
  const indent = first.range[0] - startOfLine(text, first.range[0]);
  // Behind an anchor or a dash, the column is no indentation.
  if (text.slice(first.range[0] - indent, first.range[0]).trim() !== '') return null;
  const end = endOf(last);
  return end === null ? null : at(...block(text, behindComments(text, end, indent), added, indent, isRoot));
}

function at(offset: number | null, put: string): Edit[] | null {
  return offset === null ? null : [{ from: offset, to: offset, put }];
}

/** Under a name that has no value yet. */
function below(text: string, key: unknown, rest: Nested): Edit[] | null {
  if (!isNode(key) || key.range == null || typeof rest === 'string') return null;
  const column = key.range[0] - startOfLine(text, key.range[0]);
  const indent = column + stepOf(text);
  return at(...block(text, behindComments(text, key.range[1], indent), rest, indent, false));
}

function block(
  text: string,
  offset: number,
  added: { readonly [name: string]: Nested },
  indent: number,
  isRoot: boolean,
): [offset: number, put: string] {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.slice(0, offset);
  const lines = linesOf(added, indent, stepOf(text)).map((line) => line + end);
  const start = before === '' || before.endsWith('\n') ? '' : end;
  const isApart = /\n\r?\n$/.test(before);
  return [offset, `${start}${isRoot && !isApart ? end : ''}${lines.join('')}`];
}

function linesOf(added: { readonly [name: string]: Nested }, indent: number, step: number): string[] {
  return Object.entries(added).flatMap(([name, value]) => {
    const lead = `${' '.repeat(indent)}${name}:`;
    return typeof value === 'string'
      ? [`${lead} ${scalarText(value, false)}`]
      : [lead, ...linesOf(value, indent + step, step)];
  });
}

function scalarText(value: string, isFlow: boolean): string {
  if (!isFlow) return toYaml(value, { lineWidth: 0 }).trimEnd();
  return flowText({ v: value }).slice('v: '.length);
}

/** Without the braces. */
function flowText(added: { readonly [name: string]: Nested }): string {
  return toYaml(added, { collectionStyle: 'flow', lineWidth: 0 }).trim().slice(1, -1).trim();
}

/** Where a pair ends, comments left out. */
function endOf({ key, value }: { key: unknown; value: unknown }): number | null {
  const node = isNode(value) && !isNothing(value) ? (value as Node) : key;
  return isNode(node) && !isAlias(key) && node.range != null ? node.range[1] : null;
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The begin of the line behind `offset`, and behind comments that stand as deep: they belong to what was there before. */
function behindComments(text: string, offset: number, indent: number): number {
  const isBegun = offset === 0 || text[offset - 1] === '\n';
  let end = isBegun ? offset : nextLine(text, offset);
  for (let look = end; look < text.length; look = nextLine(text, look)) {
    const line = text.slice(look, nextLine(text, look));
    const words = line.trimStart();
    if (words === '') continue;
    if (!words.startsWith('#') || line.length - words.length < indent) break;
    end = nextLine(text, look);
  }
  return end;
}

function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

/** How deep this text indents, by its first indented line. */
function stepOf(text: string): number {
  return /^( +)[^\s#-]/m.exec(text)?.[1]?.length ?? 2;
}

export function withSet(value: unknown, path: readonly string[], members: Members): unknown {
  const [name, ...rest] = path;
  const map = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return name === undefined ? { ...map, ...members } : { ...map, [name]: withSet(map[name], rest, members) };
}
