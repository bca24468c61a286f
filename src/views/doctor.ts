// What `golive-check doctor` prints: a row for each thing that it looked at, with the next step.
import type { Diagnosis } from '../doctor/doctor.js';
import type { Row, RowId, State } from '../doctor/row.js';
import type { RenderOptions } from '../report/index.js';
import {
  cell,
  createPen,
  heading,
  joinBlocks,
  type Paint,
  type Pen,
  paragraph,
  plural,
} from '../report/text/layout.js';
import { jsonText } from '../report/text/sanitize.js';
import { version } from '../version.js';

const TITLES: Readonly<Record<RowId, string>> = {
  node: 'Node',
  timers: 'Timers',
  ports: 'Ports',
  proxies: 'Proxies',
  variables: 'Variables',
  dns: 'DNS',
  tls: 'TLS',
  answer: 'Answer',
  clock: 'Clock',
  client: 'Client',
  'client-calls': 'Its calls',
  receiver: 'Receiver',
};
const MARKS: Readonly<Record<State, readonly [unicode: string, ascii: string]>> = {
  ok: ['✔', '[ok]'],
  warning: ['!', '[!]'],
  problem: ['✖', '[X]'],
  'not-run': ['–', '[-]'],
};

/** `config`: null where none was found. */
export function renderDiagnosis(
  { machine, targets }: Diagnosis,
  config: string | null,
  options: RenderOptions,
): string {
  const pen = createPen(options);
  return joinBlocks([
    block(pen, 'This machine', machine),
    ...targets.map(({ name, rows }) => block(pen, name, rows)),
    config === null
      ? paragraph(pen, 'No config was found, so nothing was looked at beyond the machine: golive-check init', {
          indent: 0,
        })
      : [],
    summary(pen, [...machine, ...targets.flatMap(({ rows }) => rows)]),
  ]);
}

function block(pen: Pen, title: string, rows: readonly Row[]): string[] {
  return [...heading(pen, title), ...rows.flatMap((row) => lines(pen, row))];
}

function paintOf({ paint }: Pen, state: State): Paint {
  const paints = { ok: paint.green, warning: paint.yellow, problem: paint.red, 'not-run': paint.dim };
  return paints[state];
}

function lines(pen: Pen, { id, state, seen, next }: Row): string[] {
  const column = Math.max(...Object.values(TITLES).map((title) => title.length)) + 2;
  const width = pen.unicode ? 1 : '[ok]'.length;
  const mark = cell(MARKS[state][pen.unicode ? 0 : 1], width, paintOf(pen, state));
  const indent = width + 3 + column;
  return [
    ...paragraph(pen, seen, { lead: `  ${mark} ${cell(TITLES[id], column)}`, indent }),
    ...(next === null
      ? []
      : paragraph(pen, `${pen.unicode ? '→' : '->'} ${next}`, {
          lead: ' '.repeat(indent),
          indent,
          paint: pen.paint.cyan,
        })),
  ];
}

function summary(pen: Pen, rows: readonly Row[]): string[] {
  const count = (state: State) => rows.filter((row) => row.state === state).length;
  const [problems, warnings, left] = [count('problem'), count('warning'), count('not-run')];
  const words = [
    problems === 0 ? 'No problem' : plural(problems, 'problem'),
    ...(warnings === 0 ? [] : [plural(warnings, 'warning')]),
    ...(left === 0 ? [] : [`${left} not looked at`]),
  ];
  const paint = problems > 0 ? pen.paint.red : warnings > 0 ? pen.paint.yellow : pen.paint.green;
  return paragraph(pen, words.join(pen.dot), { indent: 0, paint });
}

/** `target`: null for rows of the machine. */
export function diagnosisJson({ machine, targets }: Diagnosis, config: string | null): string {
  const rows = [
    ...machine.map((row) => ({ target: null, ...row })),
    ...targets.flatMap(({ name, rows: own }) => own.map((row) => ({ target: name, ...row }))),
  ];
  return jsonText({ schemaVersion: 1, tool: { name: 'golive-check', version }, config, rows }, 2);
}
