// Patterns of paths: `*` and `?` within a name, `**` for any folders, {a,b} for either. Read without an expression, because
// whoever writes one decides how long it takes.

/** Whether a path fits one of the patterns. A pattern without a slash fits a name in any folder. */
export function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const all = patterns.flatMap(alternatives).map(partsOf);
  return (path) => {
    const names = path.split('/');
    return all.some((parts) => fits(parts, names));
  };
}

/** The folder above all that a pattern can fit: "dist/assets" of "dist/assets/*.js". */
export function folderOf(pattern: string): string {
  const parts = partsOf(pattern);
  const end = parts.findIndex((part) => /[*?{]/.test(part));
  return parts.slice(0, end === -1 ? -1 : end).join('/');
}

function partsOf(pattern: string): string[] {
  const clean = pattern.replace(/^\.\//, '').replace(/\/$/, '/**');
  return (clean.includes('/') ? clean.replace(/^\//, '') : `**/${clean}`).split('/');
}

const MOST_ALTERNATIVES = 256;

function alternatives(pattern: string): string[] {
  const done: string[] = [];
  const open = [pattern];
  for (let one = open.pop(); one !== undefined && done.length < MOST_ALTERNATIVES; one = open.pop()) {
    const [whole, inner] = /\{([^{}]*)\}/.exec(one) ?? [];
    if (whole === undefined || inner === undefined) done.push(one);
    else for (const choice of inner.split(',')) open.push(one.replace(whole, () => choice));
  }
  return done;
}

/** As names are matched by parts, `**` may stand for any number of names. */
function fits(parts: readonly string[], names: readonly string[]): boolean {
  return wild(parts, names, (part) => part === '**', fitsName);
}

function fitsName(part: string, name: string): boolean {
  return wild(
    [...part],
    [...name],
    (character) => character === '*',
    (character, other) => character === '?' || character === other,
  );
}

/** One star at a time is taken back, so it takes the product of both lengths at most. */
function wild(
  pattern: readonly string[],
  text: readonly string[],
  isStar: (one: string) => boolean,
  equals: (one: string, other: string) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let next = 0; next < text.length; ) {
    const one = pattern[at];
    if (one !== undefined && !isStar(one) && equals(one, text[next] ?? '')) {
      at += 1;
      next += 1;
    } else if (one !== undefined && isStar(one)) {
      star = at;
      resume = next;
      at += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      next = resume;
    } else return false;
  }
  return pattern.slice(at).every(isStar);
}
