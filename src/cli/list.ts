import { CAUSES } from '../causes/index.js';
import { CHECKLISTS, findLine, pageOf } from '../checklists/index.js';
import { CHECKS } from '../checks/index.js';
import type { Check } from '../checks/verdict.js';
import { builtInContract } from '../config/contracts/find.js';
import { CONTRACTS } from '../config/contracts/index.js';
import { didYouMean } from '../config/issues.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { renderCause, renderCauses } from '../views/causes.js';
import { GROUP_WORDS, type Group, groupOf, isIn, renderExplain, renderTopicOrKind } from '../views/explain.js';
import { renderLine, renderLines } from '../views/lines.js';
import { renderList } from '../views/list.js';
import type { Flags } from './flags.js';
import type { CommandResult } from './result.js';
import { type OutputFlags, renderOptions } from './terminal.js';

export async function list(flags: Flags<'list'>): Promise<CommandResult> {
  if (flags.causes === true) return listCauses(flags);
  if (flags.provider !== undefined) return listLines(flags.provider, flags);
  const group = flags.topic === undefined ? null : asked(flags.topic);
  const checks: readonly Check[] = CHECKS.filter((check) => group === null || isIn(group, check));
  if (flags.json === true) {
    const rows = checks.map(({ id, kind, topic, severity, title, optIn }) => ({
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
      checks.map((check) => ({ check, severity: check.severity })),
      renderOptions(flags),
    ),
  };
}

function listCauses(flags: Flags<'list'>): CommandResult {
  if (flags.json !== true) return { code: EXIT.go, stdout: renderCauses(CAUSES, renderOptions(flags)) };
  const rows = CAUSES.map(({ id, title, fix }) => ({ id, title, fix }));
  return { code: EXIT.go, stdout: `${JSON.stringify(rows, null, 2)}\n` };
}

function asked(topic: string): Group {
  const group = groupOf(topic);
  if (group !== null) return group;
  throw new UserError(
    'unknown-topic',
    `--topic: found "${topic}"; expected one of ${GROUP_WORDS.join(', ')}${didYouMean(topic, GROUP_WORDS)}`,
  );
}

function listLines(provider: string, flags: Flags<'list'>): CommandResult {
  const list = CHECKLISTS.find((one) => one.provider === provider);
  if (list === undefined) {
    const known = CHECKLISTS.map((one) => one.provider);
    throw new UserError(
      'unknown-provider',
      `--provider: found "${provider}"; expected one of ${known.join(', ')}${didYouMean(provider, known)}`,
    );
  }
  if (flags.json !== true) return { code: EXIT.go, stdout: renderLines(list, renderOptions(flags)) };
  const rows = list.lines.map((line) => ({
    item: line.id,
    provider,
    text: line.text,
    source: pageOf(list, line),
    checks: line.checks,
  }));
  return { code: EXIT.go, stdout: `${JSON.stringify(rows, null, 2)}\n` };
}

export async function explain(id: string, contract: string | undefined, flags: OutputFlags): Promise<CommandResult> {
  if (id === 'contract') return explainContract(contract, flags);
  if (contract !== undefined)
    throw new UserError(
      'too-many-words',
      `explain: found "${contract}" after "${id}"; expected one check, topic, kind, cause, line or list, or contract <name>`,
    );
  const list = CHECKLISTS.find(({ provider }) => provider === id);
  if (list !== undefined) return { code: EXIT.go, stdout: renderLines(list, renderOptions(flags)) };
  const found = findLine(id);
  if (found !== null) {
    return { code: EXIT.go, stdout: renderLine(found.list, found.line, CHECKS, renderOptions(flags)) };
  }
  if (/^[a-z]\d+$/i.test(id)) refuseLine(id);
  const options = renderOptions(flags);
  const group = groupOf(id);
  if (id === 'causes') return { code: EXIT.go, stdout: renderCauses(CAUSES, options) };
  const cause = CAUSES.find((one) => one.id === id);
  if (cause !== undefined) return { code: EXIT.go, stdout: renderCause(cause, options) };
  if (group !== null) {
    const checks = CHECKS.map((one) => ({ check: one, severity: one.severity }));
    return { code: EXIT.go, stdout: renderTopicOrKind(group, checks, options) };
  }
  const check = CHECKS.find((one) => one.id === id);
  if (check === undefined) {
    const known = [
      ...CHECKS.map((one) => one.id),
      ...CHECKLISTS.map(({ provider }) => provider),
      ...GROUP_WORDS,
      'causes',
      ...CAUSES.map((one) => one.id),
    ];
    throw new UserError(
      'unknown-check',
      `there is no check "${id}", and no topic, kind or cause${didYouMean(id, known)}`,
      'see them all with: golive-check list',
    );
  }
  const { explained } = await import('./explained.js');
  return { code: EXIT.go, stdout: renderExplain(check, await explained(check), options) };
}

async function explainContract(name: string | undefined, flags: OutputFlags): Promise<CommandResult> {
  const { renderContract, renderContracts } = await import('../views/contract.js');
  const options = renderOptions(flags);
  if (name !== undefined)
    return { code: EXIT.go, stdout: renderContract(await builtInContract(name, 'explain contract'), options) };
  const providers = await Promise.all(Object.values(CONTRACTS).map((load) => load()));
  return { code: EXIT.go, stdout: renderContracts(providers, options) };
}

function refuseLine(id: string): never {
  const known = CHECKLISTS.map(({ provider, lines }) => `${lines[0]?.id} to ${lines.at(-1)?.id} (${provider})`);
  throw new UserError(
    'unknown-line',
    `there is no checklist line "${id}"; expected one of ${known.join(', ')}`,
    'see them with: golive-check list --provider <name>',
  );
}
