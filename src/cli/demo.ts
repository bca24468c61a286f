import { resolveSource } from '../config/load.js';
import { KEY_VARIABLE, sandboxConfig } from '../sandbox/config.js';
import { startSandbox } from '../sandbox/server.js';
import { parseOutputs } from './outputs.js';
import type { CommandResult } from './result.js';
import type { RunFlags } from './run.js';
import { runTargets } from './run-targets.js';
import { defectsOf } from './sandbox.js';

/** The whole tool against the embedded sandbox: no account, no config, nothing but loopback. */
export async function demo(flags: RunFlags & { defect?: string[] }): Promise<CommandResult> {
  const outputs = parseOutputs(flags);
  const sandbox = await startSandbox({ defects: defectsOf(flags.defect ?? []) });
  try {
    const source = { raw: sandboxConfig(sandbox.url), file: 'demo', lineOf: async () => null };
    const environment = { ...process.env, [KEY_VARIABLE]: sandbox.keys.key };
    return await runTargets(await resolveSource(source, { cwd: process.cwd(), environment }), flags, outputs);
  } finally {
    await sandbox.close();
  }
}
