// A file of evidence -> the report of each target in it.
import type { KeyObject } from 'node:crypto';
import type { FailOn } from './checks/severity.js';
import { UserError } from './errors.js';
import { judgeTarget, reportsOf } from './pipeline.js';
import { originOf } from './report/evidence-file/origin.js';
import type { SavedEvidence } from './report/evidence-file/read.js';
import type { Report } from './report/schema.js';
import { clean } from './report/text/sanitize.js';

/**
 * @param path where it stood, for messages
 * @param key public key that its signature must be by; null: not asked
 * @throws UserError when it is none that can be judged
 */
export function judgeSaved(file: SavedEvidence, path: string, failOn: FailOn, key: KeyObject | null): Report[] {
  try {
    return reportsOf(
      file.targets.map((evidence) => {
        const report = judgeTarget(evidence, failOn, { origin: originOf(file, evidence, key) });
        return { evidence, report };
      }),
    );
  } catch (error) {
    throw new UserError(
      'unreadable-evidence',
      clean(`${path}: cannot be judged: ${(error as Error).message}`),
      'if golive-check wrote it and nobody edited it, this is a bug of golive-check',
    );
  }
}
