import { relative } from 'node:path';
import { editConfig } from '../attestations/config-file.js';
import { lookAtFile } from '../attestations/file.js';
import { statesOf } from '../attestations/states.js';
import { providersOf } from '../checklists/asked.js';
import { CHECKLISTS, checklistsOf, pageOf } from '../checklists/index.js';
import { judgeStatement } from '../checks/shared/attestation.js';
import type { Check } from '../checks/verdict.js';
import { contradictionsOfAttestations, isEvidence, isLink, isTooLate, namesSomebody } from '../config/attestations.js';
import { at } from '../config/issues.js';
import { type ResolvedTarget, resolveSource } from '../config/load.js';
import { isPlain } from '../config/merge.js';
import type { Source } from '../config/parsed.js';
import { quoted } from '../config/shown.js';
import { isCode, loadSource } from '../config/source.js';
import { attestationOf, problemWithStatement } from '../config/stated.js';
import { UserError } from '../errors.js';
import { dayOf } from '../evidence/days.js';
import { EXIT } from '../exit.js';
import { type Asking, renderPaste, renderQuestion, renderStates } from '../views/attestations.js';
import { type Asker, asking, isTerminal } from './asking.js';
import { environmentWith } from './env-file.js';
import type { Flags } from './flags.js';
import type { CommandResult } from './result.js';
import { targetOf } from './target-choice.js';
import { renderOptions } from './terminal.js';

type AttestFlags = Flags<'attest'>;

const HALF_A_YEAR_MS = 182 * 24 * 60 * 60 * 1000;

export async function attest(id: string | undefined, flags: AttestFlags): Promise<CommandResult> {
  if (id === undefined && flags.list !== true)
    throw new UserError('nothing-to-attest', 'attest: found no id; expected the id of an attestation, or --list');
  if (id !== undefined && flags.list === true)
    throw new UserError('stray-word', `attest: found ${quoted(id)} beside --list; expected one of them`);
  const environment = await environmentWith(flags.envFile);
  // Before a config is looked for: an id that is none is wrong in every folder.
  const check = id === undefined ? null : checkOf(id);
  const source = await loadSource(flags.config, process.cwd());
  const targets = await resolveSource(source, { cwd: process.cwd(), environment, allowMissing: true });
  return check === null
    ? listStates(targets, flags)
    : state(check, source, targetOf(targets, flags), environment, flags);
}

function checkOf(id: string): Check {
  const check = attestationOf(id);
  if (check !== undefined) return check;
  throw new UserError(
    'no-attestation',
    `attest: ${problemWithStatement(id)}`,
    'see what is asked for: golive-check attest --list',
  );
}

async function listStates(targets: readonly ResolvedTarget[], flags: AttestFlags): Promise<CommandResult> {
  const on = dayOf(Date.now());
  const chosen = flags.target === undefined ? targets : [targetOf(targets, flags)];
  const all = await Promise.all(chosen.map(async (one) => ({ name: one.name, states: await statesOf(one, on) })));
  if (flags.json === true) {
    const rows = all.flatMap(({ name, states }) => states.map((one) => ({ target: name, ...one })));
    return { code: EXIT.go, stdout: `${JSON.stringify(rows, null, 2)}\n` };
  }
  return { code: EXIT.go, stdout: renderStates(all, renderOptions(flags)) };
}

/** Asks at a terminal for what no flag says; puts the statement into the config, once it holds. */
async function state(
  check: Check,
  source: Source,
  target: ResolvedTarget,
  environment: NodeJS.ProcessEnv,
  flags: AttestFlags,
): Promise<CommandResult> {
  const options = renderOptions(flags);
  const question = renderQuestion(check, askingsFor(check, target), options);
  const { by, evidence, until, since, note } = flags;
  const given: Given = { by, evidence, until, since, note };
  const mayAsk = isTerminal() && [by, evidence, until].includes(undefined);
  if (mayAsk) process.stdout.write(`${question}\n`);
  const answers = mayAsk ? await asking('attest', (ask) => askFor(check, target, given, ask)) : given;
  const members = membersOf(check.id, answers);
  await refuseUnproven(check.id, target, members);
  const path = [...pathOf(source, target), 'attestations', check.id];
  const edited = await editConfig(source, path, members, environment);
  const file = relative(process.cwd(), source.file) || source.file;
  const shown = mayAsk ? '' : `${question}\n`;
  if (edited === null) {
    const why = isCode(source.file) ? 'is code' : 'is laid out in a way that cannot be edited safely';
    const place = path.slice(0, -2).join('.');
    const where = place === '' ? '' : ` under ${place}`;
    return {
      code: EXIT.go,
      stdout: `${shown}${file} ${why}: nothing was written. Put this into it${where}:\n\n${renderPaste(members, check.id, isCode(source.file))}`,
    };
  }
  await edited.write();
  return {
    code: EXIT.go,
    stdout: `${shown}Wrote ${path.join('.')} to ${file}\n\nNext:\n  golive-check run --only ${check.id}\n`,
  };
}

type Given = Readonly<Record<'by' | 'evidence' | 'until' | 'since' | 'note', string | undefined>>;

async function askFor(check: Check, target: ResolvedTarget, given: Given, ask: Asker): Promise<Given> {
  const old = target.config.attestations?.[check.id];
  const answer = async (name: keyof Given, words: string, usual: string) =>
    given[name] ?? (await ask(words, usual, (text) => refuseMember(name, text)));
  const by = await answer('by', 'Who states it (a person or a team)', old?.by ?? '');
  const evidence = await answer(
    'evidence',
    'What shows it (an https:// link, or a file of the repository)',
    old?.evidence ?? '',
  );
  const until = await answer('until', 'Until when (at most a year ahead)', dayOf(Date.now() + HALF_A_YEAR_MS));
  const note = given.note ?? (await ask('A note for the report (empty: none)', old?.note ?? ''));
  return { ...given, by, evidence, until, note: note === '' ? undefined : note };
}

/** One member alone, so that it is asked for again at once. The config's own rules look at all of them later. */
function refuseMember(name: keyof Given, text: string): void {
  const expected = problemOf(name, text);
  if (expected !== null) throw new UserError('bad-answer', `found ${quoted(text)}; expected ${expected}`);
}

function problemOf(name: keyof Given, text: string): string | null {
  if (name === 'by')
    return namesSomebody(text) ? null : 'a person or a team, such as dana@example.com or Payments team';
  if (name === 'evidence') return isEvidence(text) ? null : 'an https:// link, or the path of a file beside the config';
  if (name !== 'until') return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'a date such as 2027-01-31';
  if (text < dayOf(Date.now())) return 'a day to come';
  return isTooLate(text, Date.now()) ? 'a day at most a year ahead' : null;
}

/** @throws UserError for what is missing, and for an end that is over */
function membersOf(id: string, given: Given): { by: string; evidence: string; until: string; since?: string } {
  const { by, evidence, until, since, note } = given;
  if (by === undefined || evidence === undefined || until === undefined) {
    const missing = (['by', 'evidence', 'until'] as const).filter((name) => given[name] === undefined);
    throw new UserError(
      'missing-flags',
      `attest: missing ${missing.map((name) => `--${name}`).join(', ')}; expected all of them where there is no terminal to ask at`,
      `golive-check attest ${id} --by dana@example.com --evidence docs/page.md --until ${dayOf(Date.now() + HALF_A_YEAR_MS)}`,
    );
  }
  for (const [name, text] of [
    ['by', by],
    ['evidence', evidence],
    ['until', until],
  ] as const) {
    const expected = problemOf(name, text);
    if (expected !== null) throw new UserError('bad-flag', `--${name}: found ${quoted(text)}; expected ${expected}`);
  }
  const [contradiction] = contradictionsOfAttestations({ [id]: { until, since } }, Date.now());
  if (contradiction !== undefined)
    throw new UserError('bad-flag', `--${contradiction.path.at(-1)}: ${contradiction.text}`);
  return { by, evidence, until, ...(since === undefined ? {} : { since }), ...(note === undefined ? {} : { note }) };
}

/** What a run would not let pass is not written down either. */
async function refuseUnproven(
  id: string,
  target: ResolvedTarget,
  members: ReturnType<typeof membersOf>,
): Promise<void> {
  const { drill: _, ...old } = { drill: undefined, ...target.config.attestations?.[id] };
  const statement = { ...old, ...members };
  if (isLink(statement.evidence)) return;
  const file = await lookAtFile(statement, target);
  const verdict = judgeStatement(id, { on: dayOf(Date.now()), asked: [id], stated: { [id]: { ...statement, file } } });
  if (verdict.outcome === 'pass') return;
  throw new UserError(
    'unproven',
    `--evidence: ${verdict.because}`,
    'nothing was written; name a file of the repository that shows it, relative to the config',
  );
}

/** Where the target stands in its file. */
function pathOf({ raw }: Source, { name }: ResolvedTarget): string[] {
  return isPlain(raw) && isPlain(at(raw, ['targets', name])) ? ['targets', name] : [];
}

/** What the target's lists say of it; where none does, all of them. */
function askingsFor({ id, refs }: Check, target: ResolvedTarget): Asking[] {
  const of = (lists: typeof CHECKLISTS): Asking[] =>
    lists.flatMap((list) => [
      ...list.lines
        .filter(({ checks }) => checks.some((one) => one === id))
        .map((line) => ({ words: `${list.name} ${line.id}: ${line.text}`, source: pageOf(list, line) })),
      ...(list.gates ?? [])
        .filter((one) => one === id)
        .map(() => ({ words: `${list.name}, before production works`, source: refs[0] ?? list.source ?? '' })),
    ]);
  const own = of(checklistsOf(providersOf(target)));
  return own.length > 0 ? own : of(CHECKLISTS);
}
