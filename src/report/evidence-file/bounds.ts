// Before anything walks a value that somebody else wrote: it must end soon enough for every walker that calls itself.

interface Node {
  value: unknown;
  name: string | number;
  parent: Node | null;
  depth: number;
}

export interface Excess {
  path: (string | number)[];
  text: string;
}

/** The first member that is nested too deep, or a number that JSON cannot say (it stands as 1e999 in the text); null: none. */
export function excessIn(value: unknown, deepest: number): Excess | null {
  const open: Node[] = [{ value, name: '', parent: null, depth: 0 }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node.value === 'number' && !Number.isFinite(node.value))
      return { path: pathOf(node), text: 'found a number beyond all bounds; expected one that a double can hold' };
    if (typeof node.value !== 'object' || node.value === null) continue;
    if (node.depth >= deepest)
      return { path: pathOf(node), text: `found a value ${deepest + 1} levels deep; expected at most ${deepest}` };
    const inner = Array.isArray(node.value) ? node.value.entries() : Object.entries(node.value);
    for (const [name, one] of inner) open.push({ value: one, name, parent: node, depth: node.depth + 1 });
  }
  return null;
}

function pathOf(node: Node): (string | number)[] {
  const path = [];
  for (let one: Node | null = node; one?.parent != null; one = one.parent) path.unshift(one.name);
  return path;
}
