// The same for JSON: what is added is laid out as its neighbours are.
import { isDeepStrictEqual } from 'node:util';
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { type Members, nest, withSet } from './yaml-edit.js';

/** The text with these members in the map at `path`, made where it is missing; null: its form does not allow that. */
export function withJsonMembers(text: string, path: readonly string[], members: Members): string | null {
  const changed = Object.keys(members).reduce<string | null>(
    (rest, name) => (rest === null ? null : withMember(rest, path, { [name]: members[name] ?? '' })),
    text,
  );
  const isMeant = changed !== null && isDeepStrictEqual(JSON.parse(changed), withSet(JSON.parse(text), path, members));
  return isMeant ? changed : null;
}

function withMember(text: string, path: readonly string[], member: Members): string | null {
  const root = parseTree(text);
  const [name = ''] = Object.keys(member);
  if (root === undefined) return null;
  const there = findNodeAtLocation(root, [...path, name]);
  if (there !== undefined) {
    const isPlain = there.type === 'string';
    return isPlain ? splice(text, there.offset, there.length, JSON.stringify(member[name])) : null;
  }
  const whole = [...path, name];
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const map = findNodeAtLocation(root, whole.slice(0, depth));
    if (map === undefined) continue;
    const inner = Object.values(nest(whole.slice(depth, -1), member))[0] ?? '';
    return map.type === 'object' ? withProperty(text, map, whole[depth] ?? '', inner) : null;
  }
  return null;
}

function withProperty(text: string, map: Node, name: string, value: unknown): string {
  const last = map.children?.at(-1);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.slice(0, last?.offset ?? map.offset + 1);
  const lead = /\n([ \t]*)$/.exec(before)?.[1];
  if (last === undefined) {
    const line = text.slice(text.lastIndexOf('\n', map.offset) + 1);
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    const inner = `${indent}${stepOf(text)}`;
    const put = `${end}${inner}${property(name, value, { text, end, indent: inner })}${end}${indent}`;
    return splice(text, map.offset + 1, map.length - 2, put);
  }
  const behind = last.offset + last.length;
  if (lead === undefined) return splice(text, behind, 0, `, ${property(name, value, null)}`);
  return splice(text, behind, 0, `,${end}${lead}${property(name, value, { text, end, indent: lead })}`);
}

/** @param layout null: on one line */
function property(name: string, value: unknown, layout: { text: string; end: string; indent: string } | null): string {
  const spaced = JSON.stringify(value, null, layout === null ? 1 : stepOf(layout.text));
  const lines =
    layout === null ? spaced.replace(/\n */g, ' ') : spaced.replaceAll('\n', `${layout.end}${layout.indent}`);
  return `${JSON.stringify(name)}: ${lines}`;
}

function stepOf(text: string): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
}

function splice(text: string, offset: number, length: number, put: string): string {
  return text.slice(0, offset) + put + text.slice(offset + length);
}
