// A lane's own directory, which the config names by {{lane}}: for state and logs of one run of the client.
import { makeTemporaryFolder, type TemporaryFolder } from '../files/temporary.js';
import type { LanesOptions } from './options.js';

export const LANE_PLACE = '{{lane}}';

export function inLane(text: string, directory: string): string {
  return text.replaceAll(LANE_PLACE, directory);
}

/** A private directory, made only where the config names it. */
export function makeLaneDirectory({ client }: Pick<LanesOptions, 'client'>): TemporaryFolder {
  const wanted = [...client.logs, ...Object.values(client.env)].some((text) => text.includes(LANE_PLACE));
  return wanted ? makeTemporaryFolder('golive-lane') : { path: '', remove: () => undefined };
}
