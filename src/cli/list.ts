import { CHECKS } from '../checks/index.js';
import { builtInContract } from '../config/contracts/find.js';
import { CONTRACTS } from '../config/contracts/index.js';
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

export async function explain(id: string, contract: string | undefined, flags: OutputFlags): Promise<CommandResult> {
  if (id === 'contract') return explainContract(contract, flags);
  if (contract !== undefined)
    throw new UserError(
      'too-many-words',
      `explain: found "${contract}" after "${id}"; expected one check, or contract <name>`,
    );
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

async function explainContract(name: string | undefined, flags: OutputFlags): Promise<CommandResult> {
  const { renderContract, renderContracts } = await import('../report/contract.js');
  const options = renderOptions(flags);
  if (name !== undefined)
    return { code: EXIT.go, stdout: renderContract(await builtInContract(name, 'explain contract'), options) };
  const providers = await Promise.all(Object.values(CONTRACTS).map((load) => load()));
  return { code: EXIT.go, stdout: renderContracts(providers, options) };
}
