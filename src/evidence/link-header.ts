// Imported when pages are linked by header: the package is CommonJS.
import LinkHeader from 'http-link-header';

/** The target of the first link with this relation (RFC 8288); null: none, or a header that cannot be read. */
export function linkTarget(header: string, relation: string): string | null {
  try {
    return LinkHeader.parse(header).rel(relation)[0]?.uri ?? null;
  } catch {
    return null;
  }
}
