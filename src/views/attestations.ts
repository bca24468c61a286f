// Statements outside of a run: what is asked for one, and how all of them stand.
import type { StateOfStatement } from '../attestations/states.js';
import type { Check } from '../checks/verdict.js';
import type { RenderOptions } from '../report/index.js';
import { cell, createPen, heading, joinBlocks, type Pen, paragraph, plural, row } from '../report/text/layout.js';

/** Who asks for it: "Runa R13: …", and on which page. */
export interface Asking {
  words: string;
  source: string;
}

/** What a person is asked to state, by whom, and what would show it. */
export function renderQuestion(check: Check, askings: readonly Asking[], options: RenderOptions): string {
  const pen = createPen(options);
  const { question = '', shownBy = '' } = check.attestation ?? {};
  return joinBlocks([
    [
      ...paragraph(pen, question, { indent: 0, paint: pen.paint.bold }),
      ...paragraph(pen, `${check.id}${pen.dot}${check.severity}`, { indent: 0 }),
    ],
    askings.flatMap(({ words, source }, at) => [
      ...row(pen, 0, at === 0 ? 'Asked by' : '', words),
      ...row(pen, 0, '', source, pen.paint.underline),
    ]),
    row(pen, 0, 'Shown by', `${shownBy}.`),
    row(pen, 0, 'Why', check.why),
  ]);
}

/** What to put into a config that is code, or that is laid out so that it cannot be edited. */
export function renderPaste(members: Readonly<Record<string, string>>, id: string, isCode: boolean): string {
  const pairs = Object.entries(members);
  if (isCode)
    return `  attestations: {\n    '${id}': {\n${pairs.map(([name, value]) => `      ${name}: ${JSON.stringify(value)},\n`).join('')}    },\n  },\n`;
  return `attestations:\n  ${id}:\n${pairs.map(([name, value]) => `    ${name}: ${JSON.stringify(value)}\n`).join('')}`;
}

const WORDS: Readonly<Record<StateOfStatement['state'], string>> = {
  expired: 'expired',
  unproven: 'not shown',
  due: 'due',
  missing: 'missing',
  held: 'held',
};

export interface TargetStates {
  name: string;
  states: readonly StateOfStatement[];
}

export function renderStates(targets: readonly TargetStates[], options: RenderOptions): string {
  const pen = createPen(options);
  const isDue = targets.some(({ states }) => states.some(({ state }) => state !== 'held'));
  return joinBlocks([
    ...targets.flatMap((target) => targetBlocks(pen, target)),
    isDue ? row(pen, 0, 'State one', 'golive-check attest <id>') : [],
  ]);
}

function targetBlocks(pen: Pen, { name, states }: TargetStates): string[][] {
  const title = heading(pen, `${name}: ${plural(states.length, 'attestation')}`);
  if (states.length === 0)
    return [
      [
        ...title,
        ...paragraph(pen, 'No list asks for one (of those that extends names), and none is stated.', {
          indent: 0,
        }),
      ],
    ];
  const column = Math.max(...states.map(({ state }) => WORDS[state].length)) + 2;
  const counts = Object.entries(WORDS).flatMap(([state, word]) => {
    const count = states.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return [
    title,
    states.flatMap((one) => stateLines(pen, one, column)),
    paragraph(pen, counts.join(pen.dot), { indent: 0 }),
  ];
}

function stateLines(pen: Pen, one: StateOfStatement, column: number): string[] {
  const paint = PAINTS[one.state](pen);
  const lead = `  ${cell(WORDS[one.state], column, paint)}`;
  const indent = 2 + column;
  return [
    ...paragraph(pen, one.id, { lead, indent }),
    ...paragraph(pen, detailOf(one), { lead: ' '.repeat(indent), indent, paint: pen.paint.dim }),
  ];
}

const PAINTS: Readonly<Record<StateOfStatement['state'], (pen: Pen) => (text: string) => string>> = {
  expired: (pen) => pen.paint.red,
  unproven: (pen) => pen.paint.red,
  due: (pen) => pen.paint.yellow,
  missing: (pen) => pen.paint.yellow,
  held: (pen) => pen.paint.green,
};

function detailOf({ state, title, by, evidence, until, days, because }: StateOfStatement): string {
  switch (state) {
    case 'missing':
      return title;
    case 'unproven':
      return because ?? title;
    case 'expired':
      return `until ${until} (${plural(-(days ?? 0), 'day')} ago), by ${by}: ${evidence}`;
    case 'due':
    case 'held':
      return `until ${until} (${days === 0 ? 'today' : `in ${plural(days ?? 0, 'day')}`}), by ${by}: ${evidence}`;
  }
}
