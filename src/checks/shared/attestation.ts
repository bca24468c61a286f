// All statements of people are judged alike: what is true of one, where it cannot be told, is true of the others.

import type { Contract } from '../../config/schema.js';
import { dayOf, latestDayOf } from '../../evidence/days.js';
import type { StatementsEvidence } from '../../evidence/map.js';
import type { FileAge, Statement, StatementDrill, StatementFile } from '../../evidence/statements.js';
import { withoutTrailing } from '../../evidence/trailing.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import type { Severity } from '../severity.js';
import type { Check, Verdict } from '../verdict.js';

type Needs = 'attestation.statements';

export interface Attestation
  extends Pick<Check<Needs>, 'id' | 'topic' | 'title' | 'why' | 'fix' | 'refs' | 'wants'>,
    NonNullable<Check['attestation']> {
  /** Default: major. */
  severity?: Severity;
  /** A verdict that no statement is needed for; null: one is. */
  unless?(evidence: StatementsEvidence, contract: Contract): Verdict | null;
}

export function defineAttestation({
  question,
  shownBy,
  drill,
  severity = 'major',
  unless = () => null,
  ...rest
}: Attestation): Check<Needs> {
  return defineCheck({
    ...rest,
    kind: 'attestation',
    severity,
    attestation: { question, shownBy, ...(drill === undefined ? {} : { drill }) },
    needs: ['attestation.statements'],
    judge: ({ 'attestation.statements': evidence }, contract) =>
      unless(evidence, contract) ?? judgeStatement(rest.id, evidence),
  });
}

export function judgeStatement(id: string, { on, asked, stated }: StatementsEvidence): Verdict {
  const statement = Object.hasOwn(stated, id) ? stated[id] : undefined;
  if (statement === undefined)
    return asked.includes(id)
      ? inconclusive('missing', `Nobody has stated this: golive-check attest ${id}.`)
      : notApplicable('not-asked', `Applies with attestations.${id}.`, [], [`attestations.${id}`]);
  const { by, until, evidence, since } = statement;
  if (until < on)
    return fail('expired', `${by} stated it until ${until}, which is over: golive-check attest ${id} renews it.`, [], {
      expected: 'a statement that still holds',
      measured: `ended on ${until}`,
    });
  const { file, link, drill } = statement;
  if (drill !== undefined && 'before' in drill) return judgeDrill(drill, statement);
  const lacking = file === undefined ? null : lackOf(file, evidence);
  if (lacking !== null)
    return fail('no-evidence', `${by} states it, but ${lacking}.`, [], {
      expected: 'a file of the repository that shows it',
    });
  if (file?.found === 'unreadable')
    return inconclusive('unreadable', `${by} states it, but ${evidence} could not be looked at: ${file.why}.`);
  if (file?.found === 'file' && file.age !== null && since !== undefined) {
    const age = judgeAge(file.age, statement, since);
    if (age !== null) return age;
  }
  if (link !== undefined && 'problem' in link)
    return inconclusive('link-unreached', `${by} states it, but ${evidence} could not be opened: ${link.problem}.`);
  if (link !== undefined && !isThere(link.status))
    return inconclusive('link-gone', `${by} states it, but ${evidence} answered ${link.status}.`);
  return pass('attested', statedText(statement));
}

type Drilled = Extract<StatementDrill, { before: number }>;

/** What was seen needs no one's word. */
function judgeDrill({ before, after, waitedMs, provoked }: Drilled, { by }: Statement): Verdict {
  const counted = `its text stood ${before} times in what the command printed before that, and ${after} times within ${Math.round(waitedMs / 1000)} s after it`;
  const figures = { expected: `more than ${before}`, measured: `${after}` };
  const verdict =
    after > before
      ? pass('drilled', `The drill of ${by} provoked ${provoked}: ${counted}.`, [], figures)
      : fail('not-raised', `The drill of ${by} provoked ${provoked}, but ${counted}.`, [], figures);
  return { ...verdict, basis: 'observed' };
}

/** Some days are written down by a clock ahead of UTC: the benefit of the doubt is the file's. */
function judgeAge({ changedAtMs, by, doubt }: FileAge, statement: Statement, since: string): Verdict | null {
  const { by: who, evidence } = statement;
  const changed = `${evidence} was last changed on ${dayOf(changedAtMs)} (${by})`;
  const isOlder = latestDayOf(changedAtMs) < since;
  if (doubt !== null) return inconclusive('age-unclear', `${who} states it since ${since}, but ${changed}: ${doubt}.`);
  if (!isOlder) return null;
  return fail('outdated', `${who} states it since ${since}, but ${changed}.`, [], {
    expected: `changed on ${since} or later`,
    measured: dayOf(changedAtMs),
  });
}

function lackOf({ found }: StatementFile, path: string): string | null {
  switch (found) {
    case 'nothing':
      return `there is no ${path} beside the config`;
    case 'outside':
      return `${path} is outside of the repository`;
    case 'no-file':
      return `${path} is no file`;
    case 'empty':
      return `${path} is empty`;
    case 'config':
      return `${path} is the config itself, which shows nothing`;
    case 'unreadable':
    case 'file':
      return null;
  }
}

/** 401 and 403: somebody is there, and asks who we are. */
function isThere(status: number): boolean {
  return (status >= 200 && status < 300) || status === 401 || status === 403;
}

function statedText({ by, until, since, evidence, note, file, link, drill }: Statement): string {
  const span = since === undefined ? `until ${until}` : `from ${since} to ${until}`;
  const seen =
    file !== undefined
      ? ' (the file is there)'
      : link === undefined
        ? ' (link not opened)'
        : 'status' in link
          ? ` (opened: ${link.host} answered ${link.status})`
          : '';
  const untried = drill !== undefined && 'problem' in drill ? ` (no drill: ${drill.problem})` : '';
  return `Stated by ${by}, ${span}: ${evidence}${seen}${untried}${note === undefined ? '' : `; ${withoutTrailing(note, '.!? ')}`}.`;
}
