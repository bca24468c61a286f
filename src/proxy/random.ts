import { createHash } from 'node:crypto';

/** A repeatable stream of numbers. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole, both ends included. */
  integer(least: number, most: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  bytes(count: number): Buffer;
  hex(digits: number): string;
}

export interface RandomStreams {
  readonly seed: number;
  /** One stream per name: a fault added to a script does not shift what another one draws. */
  stream(name: string): Random;
}

export function createRandom(seed: number): RandomStreams {
  const streams = new Map<string, Random>();
  return {
    seed,
    stream(name) {
      const known = streams.get(name) ?? streamOf(`${seed}:${name}`);
      streams.set(name, known);
      return known;
    },
  };
}

function streamOf(seed: string): Random {
  const next = sfc32(createHash('sha256').update(seed).digest());
  const integer = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    integer,
    pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => integer(0, 255))),
    hex: (digits) => Array.from({ length: digits }, () => integer(0, 15).toString(16)).join(''),
  };
}

// sfc32 of PractRand (public domain): 128 bits of state, 32 bits out.
function sfc32(seed: Buffer): () => number {
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => seed.readInt32LE(at)) as [number, number, number, number];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}
