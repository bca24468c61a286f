// Where a log-in is sent: below endpoint.url, or anywhere else on the same origin.
import type { Complaint } from './issues.js';
import type { Contract, Endpoint } from './schema.js';

/** The URL that a path of a log-in is by itself; null: it is put behind endpoint.url. */
export function absoluteOf(path: string): URL | null {
  return /^https?:\/\//i.test(path) && URL.canParse(path) ? new URL(path) : null;
}

/** What a log-in carries is handed to the API alone. */
export function otherOriginsIn({ login }: Contract['auth'], endpoint: Endpoint | undefined): Complaint[] {
  const paths = [
    { path: ['path'], written: login?.path },
    { path: ['refresh', 'path'], written: login?.refresh?.path },
  ];
  return paths.flatMap(({ path, written }) => {
    const origin = written === undefined ? undefined : absoluteOf(written)?.origin;
    if (origin === undefined || !URL.canParse(endpoint?.url ?? '')) return [];
    const own = new URL(endpoint?.url ?? '').origin;
    if (origin === own) return [];
    return [
      {
        path: ['contract', 'auth', 'login', ...path],
        text: `found a URL of ${origin}; expected a path below endpoint.url, or a URL of its origin (${own})`,
      },
    ];
  });
}
