import { didYouMean } from '../config/issues.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { DEFECTS, type DefectName, TLS_DEFECTS } from '../sandbox/defects.js';
import { partOf } from '../sandbox/parts/find.js';
import { startSandbox } from '../sandbox/server.js';
import type { Flags } from './flags.js';
import { catchInterrupts } from './interrupt.js';
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
  const interruption = catchInterrupts();
  try {
    const dialect = flags.as === undefined ? undefined : (await partOf(flags.as)).dialect;
    const running = await startSandbox({
      port: flags.port ?? 0,
      defects,
      ...(dialect === undefined ? {} : { dialect }),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES')
        throw new UserError(
          'port-taken',
          `--port ${flags.port}: cannot listen there (${error.code})`,
          'leave --port away to get a free one',
        );
      throw error;
    });
    process.stdout.write(`${running.url}\n`);
    const login = dialect?.auth.login;
    const credential = login == null ? 'its key' : `any user logs in at ${login.path}, whose ${login.passwordMember}`;
    process.stderr.write(
      `The sandbox listens on ${running.url}; ${credential} is ${running.keys.key}\n${defects.length === 0 ? 'It keeps every promise' : `Its defects: ${defects.join(', ')}`}. Stop it with Ctrl-C.\n`,
    );
    await new Promise<void>((resolve) =>
      interruption.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    await running.close();
  } finally {
    interruption.release();
  }
  return { code: EXIT.go };
}
