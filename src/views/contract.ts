// A built-in contract for reading: what the provider documents, by topic, each fact with its page.
import type { Fact, Provider } from '../config/contracts/define.js';
import { at as valueAt } from '../config/issues.js';
import type { Contract } from '../config/schema.js';
import type { RenderOptions } from '../report/index.js';
import { cell, createPen, heading, joinBlocks, type Pen, paragraph, plural, row } from '../report/text/layout.js';

const INDENT = 2;

/** Topics in the order of reading. */
const TOPICS: Readonly<Record<Exclude<keyof Contract, 'name' | 'sources' | 'latency'>, string>> = {
  auth: 'Credential',
  environments: 'Environments',
  https: 'Transport',
  addresses: 'Addresses',
  idempotency: 'Idempotency',
  version: 'Version',
  requestId: 'Request id',
  errors: 'Errors',
  maxBodyBytes: 'Errors',
  rateLimit: 'Rate limit',
  retry: 'Retries',
  pagination: 'Lists',
  batch: 'Batches',
  caching: 'Caching',
  triggers: 'Errors on request',
  webhook: 'Webhooks',
};
const OPERATIONS = 'Operations';
const BESIDES = 'Besides';

export function renderContract(provider: Provider, options: RenderOptions): string {
  const pen = createPen(options);
  const { id, title, facts, open, asks, beside } = provider;
  const topics = [...new Set([...Object.values(TOPICS), OPERATIONS, BESIDES])];
  return joinBlocks([
    [
      ...heading(pen, title),
      ...paragraph(
        pen,
        beside === undefined
          ? `extends: ${id}${pen.dot}${plural(facts.length, 'fact')}`
          : `extends: [${beside}, ${id}]${pen.dot}it asks nothing of the API by itself`,
        { indent: 0 },
      ),
    ],
    ...topics.map((topic) => {
      const own = facts.filter((fact) => topicOf(fact) === topic);
      return own.length === 0 ? [] : [...heading(pen, topic), ...own.flatMap((fact) => factLines(pen, fact, provider))];
    }),
    listed(pen, 'Not documented: observed and reported, never failed', open),
    listed(
      pen,
      'Yours to say',
      asks.map((ask) => `${ask.at}: ${ask.why}`),
    ),
    beside === undefined ? [] : row(pen, 0, 'Lines', `golive-check list --provider ${id}`),
    row(pen, 0, 'Use', `golive-check init --provider ${id}`),
  ]);
}

function topicOf({ at: [first] }: Fact): string {
  if (first === undefined) return BESIDES;
  const [section, part = ''] = first.split('.');
  return section === 'contract' && part in TOPICS ? TOPICS[part as keyof typeof TOPICS] : OPERATIONS;
}

function factLines(pen: Pen, { at, says, source, but }: Fact, { layer }: Provider): string[] {
  const deeper = INDENT + 2;
  const settings = at.flatMap((place) => settingLine(place, valueAt(layer, keysOf(place, layer))));
  return [
    ...paragraph(pen, says, { lead: ' '.repeat(INDENT), indent: INDENT }),
    ...sourceLine(pen, source, deeper),
    ...(but === undefined
      ? []
      : [
          ...paragraph(pen, `But: ${but.says}.`, { lead: ' '.repeat(deeper), indent: deeper, paint: pen.paint.yellow }),
          ...sourceLine(pen, but.source, deeper),
        ]),
    ...settings.flatMap((line) =>
      paragraph(pen, line, { lead: ' '.repeat(deeper), indent: deeper + 2, paint: pen.paint.dim }),
    ),
  ];
}

/** "idempotency.windowMs: 2592000000" */
function settingLine(place: string, value: unknown): string[] {
  // With spaces, so that lines can be broken at them.
  const spaced = JSON.stringify(value, null, 1)
    ?.replace(/(?<=\[)\n\s*|\n\s*(?=\])/g, '')
    .replace(/\n\s*/g, ' ');
  const text = typeof value === 'string' ? value : spaced;
  return text === undefined ? [] : [`${place.replace(/^contract\./, '')}: ${text}`];
}

/** A key may hold dots itself, as error codes do. */
function keysOf(place: string, layer: unknown): string[] {
  const parts = place.split('.');
  for (let head = parts.length; head > 0; head -= 1) {
    const keys = [...parts.slice(0, head - 1), parts.slice(head - 1).join('.')];
    if (valueAt(layer, keys) !== undefined) return keys;
  }
  return parts;
}

function sourceLine(pen: Pen, source: string, indent: number): string[] {
  return paragraph(pen, source, { lead: ' '.repeat(indent), indent, paint: pen.paint.underline });
}

function listed(pen: Pen, title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const lead = `${' '.repeat(INDENT)}- `;
  return [...heading(pen, title), ...items.flatMap((item) => paragraph(pen, item, { lead, indent: lead.length }))];
}

export function renderContracts(providers: readonly Provider[], options: RenderOptions): string {
  const pen = createPen(options);
  const width = Math.max(...providers.map(({ id }) => id.length)) + 2;
  return joinBlocks([
    heading(pen, 'Built-in contracts'),
    providers.flatMap(({ id, title, facts }) =>
      paragraph(pen, facts.length === 0 ? title : `${title}${pen.dot}${plural(facts.length, 'fact')}`, {
        lead: ' '.repeat(INDENT) + cell(id, width, pen.paint.bold),
        indent: INDENT + width,
      }),
    ),
    row(pen, 0, 'Read one', 'golive-check explain contract <name>'),
    row(pen, 0, 'Use one', 'golive-check init --provider <name>'),
  ]);
}
