// What a run would send. Calls hold templates; values of the environment that the config put into them are redacted.

import { isLink } from '../config/attestations.js';
import type { CredentialUse } from '../evidence/exchange.js';
import { type Plan, type PlannedEndpointProbe, runsOf, totalsOf } from '../plan.js';
import { isWriteCall } from '../probes/api.js';
import type { CallSpec } from '../probes/call.js';
import { createRedactor } from '../redaction/redact.js';
import type { RenderOptions } from '../report/index.js';
import { cell, createPen, heading, joinBlocks, type Pen, paragraph, plural } from '../report/text/layout.js';
import { widthOf } from '../report/text/sanitize.js';
import { factLines, nameLines } from '../report/text/summary.js';
import { wayText } from '../report/way.js';
import { shortagesOf } from '../shortage.js';

export function renderPlan(plan: Plan, options: RenderOptions): string {
  const redactor = createRedactor(plan.target.secrets);
  const plain = createPen(options);
  const pen: Pen = { ...plain, text: (text) => plain.text(redactor.redact(text).text) };
  const sending = plan.endpointProbes.filter((one) => one.missing === null && Object.keys(one.calls).length > 0);
  return joinBlocks([
    headerLines(pen, plan),
    plan.login.length === 0 ? [] : [pen.paint.bold('logging in'), ...callLines(pen, plan.login)],
    ...sending.map((one) => [pen.paint.bold(pen.text(one.probe.says)), ...callLines(pen, Object.values(one.calls))]),
    plan.cleanup === null ? [] : [pen.paint.bold('deleting what was created'), ...callLines(pen, [plan.cleanup])],
    recordedLines(pen, plan.endpointProbes),
    laneLines(pen, plan),
    receiverLines(pen, plan),
    sourceLines(pen, plan),
    linkLines(pen, plan),
    missingLines(pen, plan.endpointProbes),
    totalLines(pen, plan),
  ]);
}

function headerLines(pen: Pen, { target, checks }: Plan): string[] {
  const { endpoint } = target.config;
  const facts = [
    ...(endpoint === undefined ? [] : [endpoint.environment]),
    `contract ${target.extends.join(' + ') || 'none'}${target.byDefault ? ' (default)' : ''}`,
    plural(checks.length, 'check'),
  ];
  return [...nameLines(pen, target.name, endpoint?.url ?? null), ...factLines(pen, facts)];
}

interface Row {
  method: string;
  path: string;
  notes: string;
  write: boolean;
  times: number;
}

/** Equal calls in one line, with their number. */
function rowsOf(pen: Pen, calls: readonly CallSpec[]): Row[] {
  const rows: Row[] = [];
  for (const call of calls) {
    const row = { method: call.method, path: pathOf(call), notes: notesOf(pen, call), write: isWriteCall(call) };
    const same = rows.find((one) => one.method === row.method && one.path === row.path && one.notes === row.notes);
    if (same === undefined) rows.push({ ...row, times: call.times });
    else same.times += call.times;
  }
  return rows;
}

function pathOf({ path, query }: CallSpec): string {
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `${path === '' ? '/' : path}${search.length === 0 ? '' : `${path.includes('?') ? '&' : '?'}${search.join('&')}`}`;
}

const CREDENTIALS = {
  key: null,
  none: 'without the key',
  wrong: 'with a wrong key',
  query: 'key in the query',
  revoked: 'with the revoked key',
  restricted: 'with the restricted key',
  second: 'with the key of the second account',
} as const satisfies Record<CredentialUse, string | null>;

function notesOf(pen: Pen, call: CallSpec): string {
  const notes = [
    wayText(call.way),
    CREDENTIALS[call.credential],
    call.keyed ? 'idempotency key' : null,
    call.version === 'pinned'
      ? null
      : call.version === 'absent'
        ? 'without a version'
        : `version ${call.version.value}`,
    call.padTo === undefined
      ? null
      : `${call.padTo.toLocaleString('en')} bytes of ${call.payload === null ? 'URL' : 'body'}`,
    call.provokes === undefined ? null : `to provoke ${call.provokes}`,
    call.when === null ? null : `only when ${call.when}`,
  ];
  return notes.filter((note) => note !== null).join(pen.dot);
}

const TIMES_WIDTH = 5;
const METHOD_WIDTH = 'OPTIONS'.length + 1;

export function callLines(pen: Pen, calls: readonly CallSpec[]): string[] {
  return rowsOf(pen, calls).flatMap((row) => {
    const times = `${row.times}${pen.unicode ? '×' : 'x'}`.padStart(TIMES_WIDTH);
    const width = Math.max(METHOD_WIDTH, row.method.length + 1);
    const method = cell(row.method, width, row.write ? pen.paint.yellow : undefined);
    const indent = TIMES_WIDTH + 1 + width;
    const lines = paragraph(pen, row.path, { lead: `${times} ${method}`, indent });
    const notes = [...(row.write ? ['write'] : []), ...(row.notes === '' ? [] : [row.notes])].join(pen.dot);
    if (notes === '') return lines;
    const paint = row.write ? pen.paint.yellow : pen.paint.dim;
    const together = `${pen.text(row.path)}  ${pen.text(notes)}`;
    if (lines.length === 1 && indent + widthOf(together) <= pen.width)
      return [`${lines[0]}  ${paint(pen.text(notes))}`];
    return [...lines, ...paragraph(pen, notes, { lead: ' '.repeat(indent), indent, paint })];
  });
}

function recordedLines(pen: Pen, probes: readonly PlannedEndpointProbe[]): string[] {
  const silent = probes.filter((one) => one.missing === null && Object.keys(one.calls).length === 0);
  if (silent.length === 0) return [];
  const says = silent.map((one) => one.probe.says).join(pen.dot);
  return paragraph(pen, `Sends nothing: ${says}`, { indent: 0, paint: pen.paint.dim });
}

function missingLines(pen: Pen, probes: readonly PlannedEndpointProbe[]): string[] {
  const missing = probes.filter((one) => one.missing !== null);
  if (missing.length === 0) return [];
  if (!pen.verbose) {
    const text = `Not configured: ${plural(missing.length, 'probe')} (--verbose says what each would need)`;
    return paragraph(pen, text, { indent: 0, paint: pen.paint.dim });
  }
  return [
    ...heading(pen, 'Not configured'),
    ...missing.flatMap(({ probe, missing: need }) => [
      ...paragraph(pen, probe.says, { lead: '  ', indent: 2 }),
      ...paragraph(pen, `needs ${need?.lacking}`, { lead: '    ', indent: 4, paint: pen.paint.dim }),
    ]),
  ];
}

/** Runs of the user's client: counted, because each starts a process, although few or none of their calls reach the API. */
function laneLines(pen: Pen, { clientProbes: lanes, target }: Plan): string[] {
  const runs = lanes.reduce((sum, one) => sum + (one.missing === null ? runsOf(one.probe, target) : 0), 0);
  if (runs === 0) return [];
  const reach =
    target.config.client?.upstream === 'endpoint'
      ? 'the first call of each operation goes on to the API, later ones are answered from memory'
      : 'none of their calls reaches the API';
  return [
    pen.paint.bold('running your client under injected faults'),
    ...paragraph(
      pen,
      `about ${plural(runs, 'run')} against loopback${target.isFast === true ? ', one per fault (--fast)' : ''}; ${reach}`,
      {
        lead: '   ',
        indent: 3,
      },
    ),
  ];
}

function receiverLines(pen: Pen, { receiverProbes, target }: Plan): string[] {
  const events = receiverProbes.reduce((sum, { missing, probe }) => sum + (missing === null ? probe.events : 0), 0);
  const { webhook } = target.config;
  if (events === 0 || webhook === undefined) return [];
  const text = `about ${plural(events, 'event')} to ${webhook.url} and nowhere else${webhook.command === undefined ? '' : '; it is started, and killed twice'}`;
  return [pen.paint.bold('attacking your receiver'), ...paragraph(pen, text, { lead: '   ', indent: 3 })];
}

function sourceLines(pen: Pen, { sourceProbes }: Plan): string[] {
  const says = sourceProbes.filter(({ missing }) => missing === null).map(({ probe }) => probe.says);
  if (says.length === 0) return [];
  const text = `${says.join(pen.dot)}; nothing of it is run`;
  return [pen.paint.bold('reading your repository'), ...paragraph(pen, text, { lead: '   ', indent: 3 })];
}

function linkLines(pen: Pen, { statementProbes, target }: Plan): string[] {
  const stated = statementProbes.length === 0 ? [] : Object.values(target.config.attestations ?? {});
  const links = new Set(stated.map(({ evidence }) => evidence).filter(isLink));
  if (links.size === 0) return [];
  const text = `With --check-links, and only then, ${plural(links.size, 'link')} of attestations ${links.size === 1 ? 'is' : 'are'} opened (GET, without credentials)`;
  return paragraph(pen, text, { indent: 0, paint: pen.paint.dim });
}

function totalLines(pen: Pen, plan: Plan): string[] {
  const { requests, writes, atMost } = totalsOf(plan);
  const most = atMost > requests ? `, at most ${atMost}` : '';
  const text = `${plural(requests, 'request')} (${plural(writes, 'write')})${most}; nothing was sent`;
  return [
    ...paragraph(pen, text, { indent: 0, paint: pen.paint.bold }),
    ...shortagesOf(plan).flatMap((line) => paragraph(pen, line, { indent: 0, paint: pen.paint.yellow })),
  ];
}
