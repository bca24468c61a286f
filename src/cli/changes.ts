// Which changes of files ask for another run. A client may write files of its own: what its run changes must not start the
// next one, and that the one after it, for ever.

/** More runs in a row are not started by what changed while one ran. */
const MOST_IN_A_ROW = 2;

export interface Changes {
  changed(path: string): void;
  begin(): void;
  /** The run is over: what changed meanwhile and asks for another one; null: nothing. */
  end(): string | null;
  /** Told of a change while nothing runs; the result takes that back. */
  onChange(act: (path: string) => void): () => void;
}

/** `isOwn`: whether the tool itself writes the file. */
export function followChanges(isOwn: (path: string) => boolean): Changes {
  let meanwhile: Set<string> | null = null;
  let before: ReadonlySet<string> = new Set();
  let inARow = 0;
  let tell: (path: string) => void = () => undefined;
  return {
    changed(path) {
      if (isOwn(path)) return;
      if (meanwhile !== null) meanwhile.add(path);
      else {
        inARow = 0;
        tell(path);
      }
    },
    begin() {
      meanwhile = new Set();
    },
    end() {
      const found: ReadonlySet<string> = meanwhile ?? new Set();
      meanwhile = null;
      // A file that changes with every run is written by it.
      const [first] = [...found].filter((path) => !before.has(path));
      before = found;
      if (first === undefined || inARow >= MOST_IN_A_ROW) return null;
      inARow += 1;
      return first;
    },
    onChange(act) {
      tell = act;
      return () => {
        tell = () => undefined;
      };
    },
  };
}
