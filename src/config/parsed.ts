// A config as it was parsed, with places to point at in errors.
import type { Path } from './env.js';

/** Both from 1. */
export interface Position {
  line: number;
  column: number;
}

export interface Source {
  raw: unknown;
  file: string;
  /** Where the value at `path` (or its nearest parent) stands, where the form has lines. */
  placeOf(path: Path): Promise<Position | null>;
}
