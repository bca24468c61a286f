// `doctor`: why a run would not get anywhere, before there is one.
import { loadConfig, type ResolvedTarget } from '../config/load.js';
import { diagnose } from '../doctor/doctor.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { diagnosisJson, renderDiagnosis } from '../views/doctor.js';
import { environmentWith } from './env-file.js';
import type { Flags } from './flags.js';
import { catchInterrupts } from './interrupt.js';
import type { CommandResult } from './result.js';
import { renderOptions } from './terminal.js';

type DoctorFlags = Flags<'doctor'>;

/** 1 where a row is a problem. */
export async function doctor(flags: DoctorFlags): Promise<CommandResult> {
  const cwd = process.cwd();
  const environment = await environmentWith(flags.envFile);
  const { file, targets } = await configFor(flags, environment, cwd);
  const interruption = catchInterrupts();
  try {
    const found = await diagnose({ targets, environment, cwd, signal: interruption.signal });
    const rows = [...found.machine, ...found.targets.flatMap((one) => one.rows)];
    return {
      code: rows.some(({ state }) => state === 'problem') ? EXIT.noGo : EXIT.go,
      stdout: flags.json === true ? diagnosisJson(found, file) : renderDiagnosis(found, file, renderOptions(flags)),
      interruption,
    };
  } finally {
    interruption.release();
  }
}

/** Without any config the machine alone is looked at, unless one was named. */
async function configFor(
  { config, target: only }: DoctorFlags,
  environment: NodeJS.ProcessEnv,
  cwd: string,
): Promise<{ file: string | null; targets: readonly ResolvedTarget[] }> {
  return loadConfig({ config, only, cwd, environment, allowMissing: true }).catch((error: unknown) => {
    if (error instanceof UserError && error.code === 'no-config' && config === undefined && only === undefined)
      return { file: null, targets: [] };
    throw error;
  });
}
