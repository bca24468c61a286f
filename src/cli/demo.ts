import { didYouMean } from '../config/issues.js';
import { resolveSource } from '../config/load.js';
import { UserError } from '../errors.js';
import { hasLoopbackAddresses } from '../sandbox/addresses.js';
import { CLIENTS, type ClientName, GOOD_CLIENT } from '../sandbox/clients.js';
import { sandboxConfig, sandboxVariables } from '../sandbox/config.js';
import { startSandbox } from '../sandbox/server.js';
import { PACKAGE_ROOT } from '../version.js';
import { parseOutputs } from './outputs.js';
import type { CommandResult } from './result.js';
import type { RunFlags } from './run.js';
import { runTargets } from './run-targets.js';
import { defectsOf } from './sandbox.js';

/** The whole tool against the embedded sandbox: no account, no config, nothing but loopback. */
export async function demo(
  flags: RunFlags & { defect?: string[]; client?: string; live?: boolean },
): Promise<CommandResult> {
  const outputs = parseOutputs(flags);
  const client = clientOf(flags.client ?? GOOD_CLIENT);
  const sandbox = await startSandbox({
    tls: true,
    defects: defectsOf(flags.defect ?? []),
    ...(flags.live === true ? { environment: 'live' as const } : {}),
  });
  try {
    const source = {
      raw: sandboxConfig({
        ...sandbox,
        client: `${PACKAGE_ROOT}fixtures/clients/${client}.mjs`,
        addresses: await hasLoopbackAddresses(),
        intercepted: 'intercepted' in CLIENTS[client],
      }),
      file: 'demo',
      lineOf: async () => null,
    };
    const environment = { ...process.env, ...sandboxVariables(sandbox.keys) };
    return await runTargets(
      await resolveSource(source, { cwd: process.cwd(), environment }),
      flags,
      outputs,
      environment,
    );
  } finally {
    await sandbox.close();
  }
}

function clientOf(name: string): ClientName {
  const known = Object.keys(CLIENTS) as ClientName[];
  const client = known.find((one) => one === name);
  if (client !== undefined) return client;
  throw new UserError(
    'unknown-client',
    `--client: there is no sample client "${name}"${didYouMean(name, known)}`,
    `choose from: ${known.join(', ')}`,
  );
}
