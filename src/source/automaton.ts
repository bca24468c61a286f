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
  const all = words.map((word) => Buffer.from(word, 'utf8'));
  const { cells, endings } = closed(trieOf(all));
  const pairs = earlyPairs(all);
  return {
    search(bytes, onWord) {
      let state = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        // Most of a text begins no word: two bytes are passed at once there.
        if (state === 0)
          while (at + 2 < bytes.length && pairs[((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)] === 0) at += 2;
        state = cells[state + (bytes[at] ?? 0)] ?? 0;
        if (state >= ENDS) {
          state &= STATE;
          for (const word of endings[state >> 8] ?? []) onWord(word, at + 1);
        }
      }
    },
  };
}

const EVERY = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** The pairs of bytes that stand at the first or the second byte of a word; behind a short word any byte may stand. */
function earlyPairs(words: readonly Uint8Array[]): Uint8Array {
  const pairs = new Uint8Array(65_536);
  const at = (word: Uint8Array, index: number) => (index < word.length ? word.subarray(index, index + 1) : EVERY);
  for (const word of words)
    for (const start of [0, 1])
      for (const first of at(word, start)) for (const second of at(word, start + 1)) pairs[(first << 8) | second] = 1;
  return pairs;
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
    // A step for each byte as the fallback takes it, but for those that go on here.
    const row = state * 256;
    if (state !== 0) steps.copyWithin(row, fallback * 256, (fallback + 1) * 256);
    for (const [byte, to] of next[state] ?? []) {
      back[to] = steps[row + byte] ?? 0;
      steps[row + byte] = to;
      queue.push(to);
    }
  }
  const cells = steps.map((to) => (to << 8) | ((ends[to]?.length ?? 0) > 0 ? ENDS : 0));
  return { cells, endings: ends };
}
