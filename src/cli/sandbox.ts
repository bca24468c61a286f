import { builtInContract } from '../config/contracts/find.js';
import { didYouMean } from '../config/issues.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { partConfig, sandboxConfig, sandboxVariables } from '../sandbox/config.js';
import { DEFECTS, type DefectName, TLS_DEFECTS } from '../sandbox/defects.js';
import { DEFAULT_DIALECT } from '../sandbox/dialect.js';
import type { Part } from '../sandbox/parts/define.js';
import { partOf } from '../sandbox/parts/find.js';
import { pathsOf } from '../sandbox/routes.js';
import { type Sandbox, startSandbox } from '../sandbox/server.js';
import { renderSandbox } from '../views/sandbox.js';
import type { Flags } from './flags.js';
import { catchInterrupts } from './interrupt.js';
import { refusePort } from './ports.js';
import type { CommandResult } from './result.js';

/** @throws UserError for a defect that does not exist. */
export function defectsOf(names: readonly string[]): DefectName[] {
  const known = Object.keys(DEFECTS) as DefectName[];
  return names.map((name) => {
    const defect = known.find((one) => one === name);
    if (defect === undefined)
      throw new UserError(
        'unknown-defect',
        `--defect: there is no defect "${name}"${didYouMean(name, known)}`,
        `choose from: ${known.join(', ')}`,
      );
    return defect;
  });
}

/** Runs until it is interrupted. */
export async function sandbox(flags: Flags<'sandbox'>): Promise<CommandResult> {
  const defects = defectsOf(flags.defect ?? []);
  const unseen = defects.find((name) => name in TLS_DEFECTS);
  if (unseen !== undefined)
    throw new UserError(
      'unseen-defect',
      `--defect: ${unseen} shows over HTTPS only, and this sandbox speaks HTTP`,
      `try it with: golive-check demo --defect ${unseen}`,
    );
  const part = flags.as === undefined ? null : await partOf(flags.as);
  const dialect = part?.dialect ?? DEFAULT_DIALECT;
  const interruption = catchInterrupts();
  try {
    const running = await startSandbox({ port: flags.port ?? 0, defects, dialect }).catch(
      refusePort(flags.port, 'leave --port away to get a free one'),
    );
    const { login } = dialect.auth;
    process.stderr.write(
      renderSandbox({
        url: running.url,
        credential:
          login === null
            ? `its key is ${running.keys.key}`
            : `any user logs in at ${login.path}, whose ${login.passwordMember} is ${running.keys.key}`,
        defects,
        paths: pathsOf(dialect),
        config: await configFor(running, flags.as, part),
        variables: { ...sandboxVariables(running.keys), ...part?.variables?.(running.keys) },
      }),
    );
    // Last: who waits for the address has all the rest.
    process.stdout.write(`${running.url}\n`);
    await new Promise<void>((resolve) =>
      interruption.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    await running.close();
  } finally {
    interruption.release();
  }
  return { code: EXIT.go };
}

async function configFor({ url, environment }: Sandbox, provider: string | undefined, part: Part | null) {
  if (provider === undefined || part === null) return sandboxConfig({ url, environment });
  return partConfig(await builtInContract(provider, '--as'), part, { url, environment });
}
