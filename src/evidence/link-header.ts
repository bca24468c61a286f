// The Link header (RFC 8288): a list of `<target>; name=value; name="value"`.

// Each form takes at least its first character, also where its end is missing: no character is read twice.
const TOKEN = /<[^>]*>?|"[^"\\]*(?:\\.[^"\\]*)*"?|[^\s<",;=]+|[,;=]/g;

/** The target of the first link with this relation; null: none that can be read. */
export function linkTarget(header: string, relation: string): string | null {
  for (const [target = '', ...parameters] of split(header.match(TOKEN) ?? [], ',')) {
    const isWhole = target.startsWith('<') && target.endsWith('>');
    if (isWhole && relationsOf(parameters).includes(relation.toLowerCase())) return target.slice(1, -1);
  }
  return null;
}

/** Of several `rel` the first counts (RFC 8288, 3.3). */
function relationsOf(parameters: readonly string[]): string[] {
  const [, , ...value] = split(parameters, ';').find(([name, is]) => name?.toLowerCase() === 'rel' && is === '=') ?? [];
  const written = value.join('');
  const text = written.startsWith('"') ? written.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : written;
  return text.toLowerCase().split(/\s+/);
}

function split(tokens: readonly string[], at: string): string[][] {
  const parts: string[][] = [[]];
  for (const token of tokens) {
    if (token === at) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
