// Names of checks in a config: under `checks`, and what a waiver is for.
import { type Complaint, didYouMean } from './issues.js';
import type { Target } from './schema.js';
import { quoted } from './shown.js';

export async function unknownChecksIn({ checks, waivers = [] }: Target): Promise<Complaint[]> {
  const named = [
    ...Object.keys(checks).map((id) => ({ id, path: ['checks', id] })),
    ...waivers.map(({ check }, at) => ({ id: check, path: ['waivers', at, 'check'] })),
  ];
  if (named.length === 0) return [];
  // Most configs name none, and all checks are much to load for an error elsewhere.
  const { CHECKS } = await import('../checks/index.js');
  const known = CHECKS.map((check) => check.id);
  return named
    .filter(({ id }) => !known.includes(id))
    .map(({ id, path }) => ({
      path,
      text: `found ${quoted(id)}; expected the id of a check, as golive-check list prints them${didYouMean(id, known)}`,
    }));
}
