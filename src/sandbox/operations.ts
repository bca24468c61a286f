import { type Answer, jsonAnswer } from './answer.js';
import { canonicalJson, parseBody } from './body.js';
import { performOnce } from './idempotency.js';
import { invalid, Refusal, shapeRefusal } from './problems.js';
import { type Checked, checkFields, type Fields, isObject, type Resource } from './resources.js';
import { addItem, collectionOf, pageOf, type Stored } from './store.js';
import type { Call, World } from './world.js';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
const SMALLEST_WHEN_IGNORED = 10;
const MAX_BATCH = 50;
const MERGE_WINDOW_MS = 60_000;

export interface Context {
  readonly world: World;
  readonly call: Call;
  readonly account: string;
  /** The version that is served. */
  readonly version: string;
}

export type Operation = (context: Context) => Answer | Promise<Answer>;

export const ping: Operation = ({ world, version }) =>
  jsonAnswer(200, {
    message: 'pong',
    environment: world.has('claims-live') ? 'live' : world.environment,
    version: world.has('ignores-pinned-version') ? world.dialect.version.default : version,
  });

export const rates: Operation = () =>
  jsonAnswer(200, { base: 'EUR', rates: { BRL: '6.31', GBP: '0.87', USD: '1.16' } });

export function list(resource: Resource): Operation {
  const filters = ['id', 'status', 'created_at', ...Object.keys(resource.fields)];
  return ({ world, call, account }) => {
    const limit = readLimit(world, call.query.get('limit'));
    const before = readCursor(world, call.query.get('cursor'));
    const page = pageOf(collectionOf(world, account, resource), call.query, filters, limit, before);
    const last = page.items.at(-1);
    const next = page.hasMore && last ? cursorBefore(last.sequence) : null;
    const neverEnds = world.has('never-ends-pages');
    const body = {
      data: page.items.map((item) => item.resource),
      has_more: page.hasMore || neverEnds,
      next_cursor: next ?? (neverEnds ? cursorBefore(last?.sequence ?? 0) : null),
      total: page.total,
    };
    return jsonAnswer(200, body, { 'X-Total-Count': `${page.total}` });
  };
}

export function read(resource: Resource, id: string): Operation {
  return ({ world, account }) => jsonAnswer(200, shown(world, find(world, account, resource, id)));
}

export function remove(resource: Resource, id: string): Operation {
  return ({ world, account }) => {
    collectionOf(world, account, resource).items.delete(find(world, account, resource, id).id);
    return { status: 204, headers: {}, body: null };
  };
}

export function create(resource: Resource): Operation {
  return async ({ world, call, account }) => {
    const body = await parseBody(world, call, resource);
    const perform = () => {
      const { acceptance, basePath } = world.dialect;
      const takesMs = acceptance?.takesMs ?? 0;
      const item = store(world, account, resource, checkFields(resource, body, false), takesMs);
      const location = `${basePath}/${resource.collection}/${item.id}`;
      return jsonAnswer(acceptance === null ? 201 : 202, shown(world, item), { Location: location });
    };
    return performOnce(world, call, {
      account,
      body,
      requiresKey: resource.requiresKey,
      perform: world.has('merges-equal-bodies') ? () => merged(world, call, account, body, perform) : perform,
    });
  };
}

export function update(resource: Resource, id: string): Operation {
  return async ({ world, call, account }) => {
    const body = await parseBody(world, call, resource);
    const perform = () => {
      const item = find(world, account, resource, id);
      const checked = checkFields(resource, body, true);
      if (!checked.ok) throw invalid(checked.errors);
      item.resource = { ...item.resource, ...checked.fields };
      return jsonAnswer(200, item.resource);
    };
    return performOnce(world, call, { account, body, requiresKey: false, perform });
  };
}

export function createBatch(resource: Resource): Operation {
  return async ({ world, call, account }) => {
    const body = await parseBody(world, call, null);
    const perform = () => {
      const items = batchItems(resource, body).slice(0, world.has('drops-batch-items') ? -1 : undefined);
      const checked = items.map((item, at) => checkFields(resource, item, false, `/${resource.collection}/${at}`));
      if (checked.every((item) => item.ok)) {
        return jsonAnswer(201, { data: checked.map((item) => store(world, account, resource, item).resource) });
      }
      return jsonAnswer(207, { data: checked.map((item) => batchResult(world, call, account, resource, item)) });
    };
    return performOnce(world, call, { account, body, requiresKey: resource.requiresKey, perform });
  };
}

function batchItems(resource: Resource, body: unknown): readonly unknown[] {
  const items = isObject(body) ? body[resource.collection] : undefined;
  if (Array.isArray(items) && items.length >= 1 && items.length <= MAX_BATCH) return items;
  throw invalid([{ pointer: `/${resource.collection}`, detail: `must be a list of 1 to ${MAX_BATCH} items` }]);
}

function batchResult(world: World, call: Call, account: string, resource: Resource, checked: Checked) {
  if (checked.ok) return { status: 201, [resource.singular]: store(world, account, resource, checked).resource };
  return { status: 422, error: shapeRefusal(world, invalid(checked.errors), call.requestId) };
}

function store(world: World, account: string, resource: Resource, checked: Checked, takesMs = 0): Stored {
  if (!checked.ok) throw invalid(checked.errors);
  const finishedAt = takesMs === 0 ? 0 : Date.now() + takesMs;
  return addItem(collectionOf(world, account, resource), resource, checked.fields, finishedAt);
}

function shown(world: World, { finishedAt, resource }: Stored): Fields {
  const { acceptance } = world.dialect;
  return acceptance === null || finishedAt <= Date.now() ? resource : { ...resource, status: acceptance.pendingStatus };
}

function find(world: World, account: string, resource: Resource, id: string): Stored {
  const item = collectionOf(world, account, resource).items.get(id);
  if (!item) throw new Refusal('not_found', `There is no such ${resource.singular}.`);
  return item;
}

function merged(world: World, call: Call, account: string, body: unknown, perform: () => Answer): Answer {
  const sameBody = [account, call.path, canonicalJson(body)].join('\n');
  const earlier = world.recentCreates.get(sameBody);
  if (earlier && world.now() - earlier.at < MERGE_WINDOW_MS) return earlier.answer;
  const answer = perform();
  world.recentCreates.set(sameBody, { answer, at: world.now() });
  return answer;
}

function readLimit(world: World, text: string | null): number {
  if (text === null) return DEFAULT_LIMIT;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1) throw new Refusal('invalid_limit', `limit must be a whole number from 1 to ${MAX_LIMIT}.`);
  const least = world.has('ignores-small-limits') ? SMALLEST_WHEN_IGNORED : 1;
  return Math.max(least, Math.min(limit, world.has('serves-any-page-size') ? Number.POSITIVE_INFINITY : MAX_LIMIT));
}

function cursorBefore(sequence: number): string {
  return Buffer.from(`before ${sequence}`).toString('base64url');
}

function readCursor(world: World, text: string | null): number {
  if (text === null) return Number.POSITIVE_INFINITY;
  const sequence = /^before (\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
  if (sequence === undefined) throw new Refusal('invalid_cursor', 'cursor must be a next_cursor of an earlier page.');
  return Number(sequence) + (world.has('overlaps-pages') ? 1 : 0);
}
