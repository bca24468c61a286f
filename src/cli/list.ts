import { CHECKS } from '../checks/index.js';
import { didYouMean } from '../config/issues.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { probeOf } from '../plan.js';
import { renderExplain } from '../report/explain.js';
import { renderList } from '../report/list.js';
import type { CommandResult } from './result.js';
import { type OutputFlags, renderOptions } from './terminal.js';

export async function list(flags: OutputFlags & { json?: boolean }): Promise<CommandResult> {
  if (flags.json === true) {
    const rows = CHECKS.map(({ id, kind, topic, severity, title, optIn }) => ({
      id,
      kind,
      topic,
      severity,
      title,
      optIn: optIn === true,
    }));
    return { code: EXIT.go, stdout: `${JSON.stringify(rows, null, 2)}\n` };
  }
  return {
    code: EXIT.go,
    stdout: renderList(
      CHECKS.map((check) => ({ check, severity: check.severity })),
      renderOptions(flags),
    ),
  };
}

export async function explain(id: string, flags: OutputFlags): Promise<CommandResult> {
  const check = CHECKS.find((one) => one.id === id);
  if (check === undefined) {
    throw new UserError(
      'unknown-check',
      `there is no check "${id}"${didYouMean(
        id,
        CHECKS.map((one) => one.id),
      )}`,
      'see them all with: golive-check list',
    );
  }
  const probes = check.needs.map((key) => ({ key, says: probeOf(key).says }));
  return { code: EXIT.go, stdout: renderExplain(check, { probes }, renderOptions(flags)) };
}
