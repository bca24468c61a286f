import { type Answer, jsonAnswer } from './answer.js';
import { canonicalJson, parseBody } from './body.js';
import { performOnce } from './idempotency.js';
import { limitOf } from './paging.js';
import { invalid, Refusal, shapeRefusal } from './problems.js';
import { type Checked, checkFields, type Fields, isObject, type Resource, type ShownAt } from './resources.js';
import { addItem, collectionOf, pageOf, type Stored } from './store.js';
import type { Call, World } from './world.js';

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

export const ping: Operation = ({ world, version }) => {
  const { ping: answer, version: versions } = world.dialect;
  const facts = {
    environment: world.has('claims-live') ? 'live' : world.environment,
    version: world.has('ignores-pinned-version') ? (versions?.default ?? '') : version,
  };
  return jsonAnswer(200, answer?.(facts) ?? {});
};

export const rates: Operation = ({ world }) => jsonAnswer(200, world.dialect.rates);

export function list(resource: Resource): Operation {
  const fields = ['id', 'status', 'created_at', ...Object.keys(resource.fields)];
  return ({ world, call, account }) => {
    const { paging, acceptance } = world.dialect;
    const collection = collectionOf(world, account, resource);
    const limit = limitOf(world, call.query.get('limit'));
    const start = paging.by.startAt(call.query.get(paging.by.parameter), collection);
    const asked = [...call.query].map(([name, value]) => paging.filter?.(name, value) ?? { field: name, value });
    const filters = asked.filter(({ field }) => fields.includes(field));
    const overlap = world.has('overlaps-pages') && call.query.has(paging.by.parameter) ? 1 : 0;
    const { items, total, hasMore } = pageOf(
      collection,
      filters,
      limit,
      start,
      overlap,
      acceptance?.isListed === true,
      world.has('filters-by-substring'),
    );
    const endsWrongly = world.has('never-ends-pages');
    const losesLast = world.has('loses-last-of-full-pages') && call.query.get('limit') === `${paging.maxLimit}`;
    const page = 'page' in start ? start.page : 1;
    const body = paging.body({
      items: items.slice(0, losesLast ? -1 : undefined).map((item) => shown(world, resource, item, 'list')),
      total,
      limit,
      page,
      more: hasMore || endsWrongly,
      next: paging.by.nextAfter(items.at(-1), page),
      path: call.path,
      endsWrongly: endsWrongly && !hasMore,
    });
    return jsonAnswer(200, body, paging.totalHeader === null ? {} : { [paging.totalHeader]: `${total}` });
  };
}

export function read(resource: Resource, id: string): Operation {
  return ({ world, account }) => jsonAnswer(200, shown(world, resource, find(world, account, resource, id), 'read'));
}

export function remove(resource: Resource, id: string): Operation {
  return ({ world, account }) => {
    collectionOf(world, account, resource).items.delete(find(world, account, resource, id).id);
    const { removed } = resource;
    return removed === undefined ? { status: 204, headers: {}, body: null } : jsonAnswer(200, removed(id));
  };
}

export function create(resource: Resource): Operation {
  return async ({ world, call, account }) => {
    const body = await parseBody(world, call, resource);
    const perform = () => {
      const checked = checkFields(resource, body, false);
      if (checked.ok) requireConsumable(world, account, resource, checked.fields);
      const { acceptance, basePath, locates } = world.dialect;
      const takesMs = acceptance?.takesMs ?? 0;
      const item = store(world, account, resource, checked, takesMs);
      const location = locates ? { Location: `${basePath}/${resource.collection}/${item.id}` } : {};
      const status = acceptance === null ? (resource.createdStatus ?? 201) : 202;
      return jsonAnswer(status, shown(world, resource, item, 'create'), location);
    };
    return performOnce(world, call, {
      account,
      body,
      requiresKey: resource.requiresKey,
      creates: true,
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
      return jsonAnswer(200, shown(world, resource, item, 'read'));
    };
    return performOnce(world, call, { account, body, requiresKey: false, creates: false, perform });
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
    return performOnce(world, call, { account, body, requiresKey: resource.requiresKey, creates: true, perform });
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

function shown(world: World, kind: Resource, { finishedAt, resource }: Stored, at: ShownAt): Fields {
  const { acceptance } = world.dialect;
  const isPending = acceptance !== null && finishedAt > Date.now();
  const now = isPending ? { ...resource, status: acceptance.pendingStatus } : resource;
  return kind.show?.(now, at) ?? now;
}

function requireConsumable(world: World, account: string, { consumes }: Resource, fields: Fields): void {
  if (consumes === undefined) return;
  const source = world.dialect.resources.find(({ collection }) => collection === consumes.collection);
  const id = String(fields[consumes.member]);
  const item = source === undefined ? undefined : collectionOf(world, account, source).items.get(id);
  const madeAt = Date.parse(String(item?.resource.created_at));
  if (!(Date.now() - madeAt < consumes.validMs))
    throw new Refusal('reference_expired', `${consumes.member} names nothing that is still valid.`);
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
