// Finds many words in bytes in one pass (Aho-Corasick). A text of megabytes holds few of them, or none: only around those
// do the slow rules read.

// A cell holds the next state times 256, so that the next byte is added to it, and whether a word ends there.
const ENDS = 0x40000000;
const STATE = ENDS - 1;

export interface Automaton {
  /** Calls back with the index of the word and where it ends, in order of the ends. */
  search(bytes: Uint8Array, onWord: (word: number, end: number) => void): void;
}

export function createAutomaton(words: readonly string[]): Automaton {
  const { cells, endings } = closed(trieOf(words.map((word) => Buffer.from(word, 'utf8'))));
  return {
    search(bytes, onWord) {
      let state = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        state = cells[state + (bytes[at] ?? 0)] ?? 0;
        if (state >= ENDS) {
          state &= STATE;
          for (const word of endings[state >> 8] ?? []) onWord(word, at + 1);
        }
      }
    },
  };
}

interface Trie {
  next: Map<number, number>[];
  /** Words that end in a state. */
  ends: number[][];
}

function trieOf(words: readonly Uint8Array[]): Trie {
  const next: Map<number, number>[] = [new Map()];
  const ends: number[][] = [[]];
  for (const [index, word] of words.entries()) {
    let state = 0;
    for (const byte of word) {
      let to = next[state]?.get(byte);
      if (to === undefined) {
        to = next.push(new Map()) - 1;
        ends.push([]);
        next[state]?.set(byte, to);
      }
      state = to;
    }
    if (state !== 0) ends[state]?.push(index);
  }
  return { next, ends };
}

/** The trie with a step for every byte: where no word goes on, the longest ending that begins a word does. */
function closed({ next, ends }: Trie): { cells: Int32Array; endings: number[][] } {
  const steps = new Int32Array(next.length * 256);
  const back = new Int32Array(next.length);
  const queue: number[] = [0];
  for (const state of queue) {
    const fallback = back[state] ?? 0;
    if (state !== 0) ends[state]?.push(...(ends[fallback] ?? []));
    for (let byte = 0; byte < 256; byte += 1) {
      const to = next[state]?.get(byte);
      const otherwise = state === 0 ? 0 : (steps[fallback * 256 + byte] ?? 0);
      steps[state * 256 + byte] = to ?? otherwise;
      if (to === undefined) continue;
      back[to] = otherwise;
      queue.push(to);
    }
  }
  const cells = steps.map((to) => (to << 8) | ((ends[to]?.length ?? 0) > 0 ? ENDS : 0));
  return { cells, endings: ends };
}
