// What no config may hold: credentials written out, as values or as names, and names that JavaScript keeps for itself.
import { hasReference, type Path } from './env.js';
import type { Complaint } from './issues.js';
import { looksLikeKey } from './key-shapes.js';
import { mayLookLikeKey, secrecyAt } from './marks.js';
import { isPlain } from './merge.js';
import { targetSchema } from './schema.js';

const EXPECTED = "expected a reference to an environment variable such as ${API_KEY}, or env('API_KEY') in code";

/** Complaints about literals of one file, as it was written. Whoever prints their paths masks what looks like a key. */
export function forbiddenIn(raw: unknown): Complaint[] {
  const complaints: Complaint[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (Array.isArray(value)) value.forEach((one, index) => void visit(one, [...path, index]));
    else if (isPlain(value))
      for (const [name, one] of Object.entries(value)) {
        const place = [...path, name];
        const problem = problemWithName(name);
        if (problem !== null) complaints.push({ path: place, text: problem });
        visit(one, place);
      }
    else if (typeof value === 'string' && isLiteralCredential(value, path))
      complaints.push({ path, text: `found a literal that is, or looks like, a credential; ${EXPECTED}` });
  };
  visit(raw, []);
  return complaints;
}

function problemWithName(name: string): string | null {
  if (looksLikeKey(name))
    return 'found a name that looks like a credential; expected a name that is no secret (only values take ${NAME})';
  // Whatever copies a map member by member would change what the copy inherits.
  return name === '__proto__' ? 'found the name __proto__, which no map can carry; expected another name' : null;
}

/** `user:password@` in the authority, of which the password is no reference. */
function hasLiteralPassword(url: string): boolean {
  const [, authority = ''] = /\/\/([^/?#]*)/.exec(url) ?? [];
  return authority.split(/[${}]/).some((part) => {
    const colon = part.indexOf(':');
    return colon !== -1 && part.lastIndexOf('@') > colon + 1;
  });
}

function isLiteralCredential(text: string, path: Path): boolean {
  const secrecy = secrecyAt(targetSchema, path);
  if (secrecy === 'credential') return text !== '' && !hasReference(text);
  if (secrecy === 'proxy') return hasLiteralPassword(text);
  return !mayLookLikeKey(targetSchema, path) && looksLikeKey(text);
}
