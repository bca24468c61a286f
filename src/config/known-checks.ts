// Names of checks in a config: under `checks`, what a waiver is for, and what is stated.
import type { Path } from './env.js';
import { type Complaint, didYouMean } from './issues.js';
import type { Target } from './schema.js';
import { quoted } from './shown.js';

export async function unknownChecksIn({ checks, waivers = [], attestations = {} }: Target): Promise<Complaint[]> {
  const named: { id: string; path: Path }[] = [
    ...Object.keys(checks).map((id) => ({ id, path: ['checks', id] })),
    ...waivers.map(({ check }, at) => ({ id: check, path: ['waivers', at, 'check'] })),
  ];
  const stated = Object.keys(attestations);
  if (named.length + stated.length === 0) return [];
  // Most configs name none, and all checks are much to load for an error elsewhere.
  const { CHECKS } = await import('../checks/index.js');
  const known = CHECKS.map((check) => check.id);
  const complaints = named
    .filter(({ id }) => !known.includes(id))
    .map(({ id, path }) => ({
      path,
      text: `found ${quoted(id)}; expected the id of a check, as golive-check list prints them${didYouMean(id, known)}`,
    }));
  const { problemWithDrill, problemWithStatement } = await import('./stated.js');
  return [
    ...complaints,
    ...stated.flatMap((id) => {
      const problem = problemWithStatement(id);
      if (problem !== null) return [{ path: ['attestations', id], text: problem }];
      const drill = attestations[id]?.drill === undefined ? null : problemWithDrill(id);
      return drill === null ? [] : [{ path: ['attestations', id, 'drill'], text: drill }];
    }),
  ];
}
