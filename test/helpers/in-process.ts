// A whole run against a loopback API without starting a process: config in, report out.
import { resolveSource } from '../../src/config/load.js';
import type { ConfigInput } from '../../src/config/schema.js';
import { type RunSettings, runTarget } from '../../src/pipeline.js';
import type { TargetEvidenceFile } from '../../src/report/evidence-file/file.js';
import type { Report } from '../../src/report/schema.js';

export interface InProcess {
  only?: readonly string[];
  environment?: Record<string, string>;
  signal?: AbortSignal;
  onSettled?: RunSettings['onSettled'];
}

export async function runConfig(
  raw: ConfigInput,
  { only = ['endpoint'], environment = {}, signal = new AbortController().signal, onSettled }: InProcess = {},
): Promise<{ report: Report; evidence: TargetEvidenceFile }> {
  const source = { raw, file: 'test', placeOf: async () => null };
  const [target] = await resolveSource(source, { cwd: process.cwd(), environment });
  if (target === undefined) throw new Error('no target');
  return runTarget(target, {
    selection: { only, skip: [] },
    failOn: 'major',
    seed: 1,
    liveWritesTo: null,
    concurrency: 16,
    environment,
    signal,
    ...(onSettled === undefined ? {} : { onSettled }),
  });
}

/** "pass refused", by check. */
export function verdicts(report: Report): Record<string, string> {
  return Object.fromEntries(report.checks.map((one) => [one.id, `${one.outcome} ${one.code}`]));
}
