import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CHECKS } from '../checks/index.js';
import { at, explainIssues } from '../config/issues.js';
import { looksLikeKey } from '../config/key-shapes.js';
import { isPlain } from '../config/merge.js';
import { shownPath, shownPlace } from '../config/shown.js';
import { parseText } from '../config/source.js';
import { readText } from '../config/text.js';
import { UserError } from '../errors.js';
import { EXIT } from '../exit.js';
import { writeWhole } from '../files/write.js';
import { plural } from '../report/text/layout.js';
import { clean } from '../report/text/sanitize.js';
import { gitUser } from '../source/git-user.js';
import {
  type Baseline,
  baselineOf,
  LEDGER,
  type Ledger,
  ledgerOf,
  ledgerSchema,
  ledgerText,
} from '../stored/baseline.js';
import { readStored } from '../stored/read.js';
import { version } from '../version.js';
import type { Flags } from './flags.js';
import type { CommandResult } from './result.js';
import { storedReport, warningsOf } from './stored.js';

const IDS = CHECKS.map(({ id }) => id);

/** Writes the ledger, or renews the one that is there. */
export async function baseline(path: string, flags: Flags<'baseline'>): Promise<CommandResult> {
  const before = flags.output === undefined ? null : await ledgerThere(flags.output);
  const by = flags.by ?? (await gitUser(process.cwd()));
  if (by === null || by.trim() === '')
    throw new UserError('nobody', '--by: missing, and git names no user; expected who accepts these failures');
  if (looksLikeKey(by)) throw new UserError('literal-key', '--by: found what looks like a credential; expected a name');
  const stored = await storedReport(path);
  const today = new Date().toISOString().slice(0, 10);
  const ledger = ledgerOf(stored.reports, { by: clean(by), today, version, checks: IDS, before });
  const text = ledgerText(ledger, flags.output?.endsWith('.json') === true ? 'json' : 'yaml');
  const warnings = warningsOf(stored);
  if (flags.output === undefined) return { code: EXIT.go, stdout: text, stderr: warnings };
  await writeWhole(flags.output, text);
  return { code: EXIT.go, stderr: `${warnings}golive-check: ${changesOf(before, ledger, flags.output)}\n` };
}

function changesOf(before: Ledger | null, after: Ledger, file: string): string {
  const has = ({ failures }: Ledger, one: Ledger['failures'][number]) =>
    failures.some((other) => JSON.stringify(other) === JSON.stringify(one));
  const added = after.failures.filter((one) => before === null || !has(before, one)).length;
  const gone = (before?.failures ?? []).filter((one) => !has(after, one)).length;
  return clean(`wrote ${file}: ${plural(after.failures.length, 'known failure')}, ${added} new, ${gone} gone`);
}

/** null: there is none yet. @throws UserError where something else stands there */
async function ledgerThere(path: string): Promise<Ledger | null> {
  const text = await readText(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error instanceof UserError ? error : unreadable('--output', path, error);
  });
  if (text === null || text.trim() === '') return null;
  return readLedger(text, path, '--output');
}

/** What --baseline names: a ledger, or an earlier report. @throws UserError, with the place, where it is neither */
export async function baselineIn(path: string): Promise<Baseline> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unreadable('--baseline', path, error);
  });
  if (isReport(text)) return baselineOf(readStored(text, `--baseline: ${path}`, version).reports, version, IDS);
  const { failures, knows, version: writtenBy } = await readLedger(text, path, '--baseline');
  return { version: writtenBy, failures, knows };
}

function isReport(text: string): boolean {
  try {
    const raw: unknown = JSON.parse(text);
    return at(raw, ['tool', 'name']) === 'golive-check';
  } catch {
    return false;
  }
}

async function readLedger(text: string, path: string, flag: string): Promise<Ledger> {
  const { raw, placeOf } = await parseText(resolve(path), text);
  const refuse = async (where: readonly PropertyKey[], why: string): Promise<never> => {
    const place = shownPlace(path, await placeOf(where as (string | number)[]).catch(() => null));
    throw new UserError(
      'no-ledger',
      clean(`${flag}: ${place}: ${why}`),
      'write one with: golive-check baseline <report.json> --output <file>',
    );
  };
  if (!isPlain(raw) || raw.tool !== LEDGER)
    return refuse([], `found something else; expected a ledger of golive-check`);
  const parsed = ledgerSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [complaint] = explainIssues(parsed.error.issues.slice(0, 1), raw, ledgerSchema);
  return refuse(complaint?.path ?? [], `${shownPath(complaint?.path ?? [])}: ${complaint?.text ?? 'not valid'}`);
}

function unreadable(flag: string, path: string, { code = 'unknown error' }: NodeJS.ErrnoException): UserError {
  return new UserError(
    'unreadable-ledger',
    clean(`${flag}: ${path}: found nothing that can be read (${code}); expected a ledger or a JSON report`),
    'write one with: golive-check baseline <report.json> --output <file>',
  );
}
