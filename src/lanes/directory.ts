// A lane's own directory, which the config names by {{lane}}: for state and logs of one run of the client.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from '../at-end.js';
import type { LanesOptions } from './options.js';

export const LANE_PLACE = '{{lane}}';

export function inLane(text: string, directory: string): string {
  return text.replaceAll(LANE_PLACE, directory);
}

export interface LaneDirectory {
  path: string;
  remove(): void;
}

const directories = new Set<string>();
atEnd(() => {
  for (const path of directories) rmSync(path, { recursive: true, force: true });
});

/** A private directory, made only where the config names it. */
export function makeLaneDirectory({ client }: Pick<LanesOptions, 'client'>): LaneDirectory {
  const wanted = [...client.logs, ...Object.values(client.env)].some((text) => text.includes(LANE_PLACE));
  if (!wanted) return { path: '', remove: () => undefined };
  const path = mkdtempSync(join(tmpdir(), 'golive-lane-'));
  directories.add(path);
  return {
    path,
    remove() {
      directories.delete(path);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
