// All that is to know about a check, or of a topic or kind of them.
import { type Check, type Kind, TOPICS } from '../checks/verdict.js';
import type { Unlock } from '../evidence/unlock.js';
import type { CallSpec } from '../probes/call.js';
import type { RenderOptions } from '../report/index.js';
import {
  createPen,
  heading,
  joinBlocks,
  type Pen,
  paintOfSeverity,
  paragraph,
  plural,
  row,
  rowMargin,
} from '../report/text/layout.js';
import type { Example } from './examples.js';
import { type ListedCheck, SUBJECTS, topicBlocks } from './list.js';
import { callLines } from './plan.js';

/** One thing that is done to see what a check judges. */
export interface Trial {
  says: string;
  /** Calls of our own, on a sample API. */
  calls: readonly CallSpec[];
  /** Runs of the user's client, and what is done to each; several times, where waits are measured. */
  runs: readonly { label: string /** '': nothing. */; done: string; times: number }[];
  /** How many runs of the client, at least. */
  times: number;
  /** How many events are sent; 0: none. */
  events: number;
}

export interface Explained {
  trials: readonly Trial[];
  /** Lines of all lists that it answers. */
  items: readonly string[];
  /** What the config must hold for it. */
  settings: Unlock;
  /** The same as YAML. */
  snippet: readonly { depth: number; text: string }[];
  example: Example | null;
}

const SAMPLE_CALLS = 'These are the calls on a sample API; golive-check plan shows those on yours.';

export function renderExplain(check: Check, explained: Explained, options: RenderOptions): string {
  const pen = createPen(options);
  const { trials, items, settings, snippet, example } = explained;
  const facts = [
    check.kind,
    check.topic,
    ...(check.optIn === true ? [`opt-in: name it under "checks" in the config`] : []),
  ];
  return joinBlocks([
    [
      ...paragraph(pen, check.title, { indent: 0, paint: pen.paint.bold }),
      ...paragraph(pen, check.id, { indent: 0 }),
      ...paragraph(pen, facts.join(pen.dot), {
        lead: paintOfSeverity(pen, check.severity)(check.severity) + pen.dot,
        indent: check.severity.length + pen.dot.length,
      }),
    ],
    row(pen, 0, 'Why', check.why),
    row(pen, 0, 'Fix', check.fix),
    ...(check.attestation === undefined
      ? []
      : [row(pen, 0, 'States', check.attestation.question), row(pen, 0, 'Shown by', `${check.attestation.shownBy}.`)]),
    trials.flatMap((trial, at) => trialLines(pen, at === 0 ? 'Judged by' : '', trial)),
    trials.some(({ calls }) => calls.length > 0) ? row(pen, 0, '', SAMPLE_CALLS, pen.paint.dim) : [],
    (check.bounds ?? []).flatMap((bound, at) => row(pen, 0, at === 0 ? 'Bounds' : '', bound)),
    example === null ? [] : row(pen, 0, 'Passes', `e.g. "${example.pass}"`),
    example === null ? [] : row(pen, 0, 'Fails', `e.g. "${example.fail}"`),
    settings.length === 0 ? [] : neededLines(pen, settings, snippet),
    items.length === 0 ? [] : row(pen, 0, 'Checklist', items.join(', ')),
    check.refs.flatMap((ref, at) => row(pen, 0, at === 0 ? 'See' : '', ref, pen.paint.underline)),
    row(
      pen,
      0,
      'Run',
      check.kind === 'attestation' ? `golive-check attest ${check.id}` : `golive-check run --only ${check.id}`,
    ),
  ]);
}

function trialLines(pen: Pen, label: string, { says, calls, runs, times: amount, events }: Trial): string[] {
  const counted = [
    ...(amount === 0 ? [] : [plural(amount, 'run')]),
    ...(events === 0 ? [] : [`about ${plural(events, 'event')}`]),
  ];
  const { indent } = rowMargin(pen, 0, '');
  return [
    ...row(pen, 0, label, `${says}${counted.length === 0 ? '' : ` (${counted.join(', ')})`}`),
    ...runs.flatMap(({ label: name, done, times }) =>
      paragraph(pen, `${name}${times === 1 ? '' : ` (${times} times)`}${done === '' ? '' : `: ${done}`}`, {
        lead: ' '.repeat(indent + 2),
        indent: indent + 4,
        paint: pen.paint.dim,
      }),
    ),
    ...(calls.length === 0 ? [] : callLines({ ...pen, width: pen.width - indent }, calls).map(indented(indent))),
  ];
}

function neededLines(pen: Pen, settings: Unlock, snippet: Explained['snippet']): string[] {
  const choices = settings.filter((keys) => keys.length > 1).map((keys) => keys.join(' or '));
  const { indent } = rowMargin(pen, 0, '');
  return [
    ...row(pen, 0, 'Applies', 'with this in the config:'),
    ...snippet.map(({ depth, text }) => `${' '.repeat(indent + 2 * depth)}${pen.text(text)}`),
    ...choices.flatMap((choice) => row(pen, 0, '', `${choice}: one is enough.`)),
  ];
}

function indented(columns: number): (line: string) => string {
  return (line) => `${' '.repeat(columns)}${line}`;
}

/** Checks of one topic over all kinds, or of one kind over all topics. */
function renderGroup(name: string, about: string, checks: readonly ListedCheck[], options: RenderOptions): string {
  const pen = createPen(options);
  const grave = checks.filter(({ severity }) => severity === 'blocker').length;
  return joinBlocks([
    [
      ...heading(pen, name),
      ...paragraph(pen, `${about}: ${plural(checks.length, 'check')}, ${plural(grave, 'blocker')}`, { indent: 0 }),
    ],
    ...topicBlocks(pen, checks),
    row(pen, 0, 'Explain', 'golive-check explain <check>'),
  ]);
}

/** What a word of `explain` or `list` names beside checks, causes and lists. */
export type Group = { is: 'topic'; topic: (typeof TOPICS)[number] } | { is: 'kind'; kind: Kind };

/** Topics as one types them: rate-limits. */
export function slugOf(topic: string): string {
  return topic.toLowerCase().replaceAll(' ', '-');
}

export const GROUP_WORDS: readonly string[] = [...TOPICS.map(slugOf), ...Object.keys(SUBJECTS)];

/** null: no topic and no kind is called so. */
export function groupOf(word: string): Group | null {
  const asked = slugOf(word);
  const topic = TOPICS.find((one) => slugOf(one) === asked);
  if (topic !== undefined) return { is: 'topic', topic };
  return Object.hasOwn(SUBJECTS, asked) ? { is: 'kind', kind: asked as Kind } : null;
}

export function isIn(group: Group, { kind, topic }: Pick<Check, 'kind' | 'topic'>): boolean {
  return group.is === 'topic' ? group.topic === topic : group.kind === kind;
}

export function renderTopicOrKind(group: Group, checks: readonly ListedCheck[], options: RenderOptions): string {
  const own = checks.filter(({ check }) => isIn(group, check));
  switch (group.is) {
    case 'topic':
      return renderGroup(
        group.topic,
        `What golive-check asks of ${slugOf(group.topic).replaceAll('-', ' ')}`,
        own,
        options,
      );
    case 'kind':
      return renderGroup(group.kind, `What golive-check asks of ${SUBJECTS[group.kind]}`, own, options);
  }
}
