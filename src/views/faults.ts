// The faults that a script may name, a line each.
import type { Fault } from '../proxy/define.js';
import { GRAMMAR } from '../proxy/grammar.js';

export function renderFaults(faults: readonly Pick<Fault, 'id' | 'names' | 'usually'>[]): string {
  const width = Math.max(...faults.map(({ id }) => id.length));
  const lines = faults.map(({ id, names, usually }) => `  ${id.padEnd(width)}  ${usually}${parameters(names)}`);
  return `${GRAMMAR}\nFaults, what a client meets by default, and their parameters:\n${lines.join('\n')}\n`;
}

function parameters(names: readonly string[]): string {
  const written = names.map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  return written.length === 0 ? '' : ` (${written.join(', ')})`;
}
