// What counting shows of lists that lag, filter nothing, or look a single one up.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConfigInput, Operation } from '../../src/config/schema.js';
import { runConfig, verdicts } from '../helpers/in-process.js';

interface Habits {
  /** A created resource is listed so much later. */
  lagMs?: number;
  /** A create takes so long. */
  createMs?: number;
  /** Only the first one of each key does; nothing is locked meanwhile. */
  repeatsFast?: boolean;
  /** A repeat is answered from the store, and performed all the same. */
  createsTwice?: boolean;
  /** The answer to a create names nothing. */
  nameless?: boolean;
  ignoresFilter?: boolean;
  /** Lists what contains the value that is asked for. */
  filtersBySubstring?: boolean;
  /** Lists what is like it: all but its last characters agree. */
  filtersByLikeness?: boolean;
  /** Listed items show their reference. */
  showsReference?: boolean;
  /** Is refused without a key, and performed all the same. */
  createsKeyless?: boolean;
  /** Somebody else creates one before each list. */
  busy?: boolean;
  /** Of the first id, as digits. */
  firstId?: bigint;
  /** Characters that each listed item has more than its id. */
  noteLength?: number;
}

const LIKENESS = 3;

interface Made {
  id: bigint;
  reference: string;
  atMs: number;
}

const open: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function startOrders(habits: Habits): Promise<string> {
  const orders: Made[] = [];
  const stored = new Map<string, { text: string; body: string }>();
  const begun = new Set<string>();
  let next = habits.firstId ?? 1n;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const answer = (status: number, body: string) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    const item = ({ id, reference }: Made) =>
      `{"id":${id},${habits.showsReference === true ? `"reference":"${reference}",` : ''}"note":"${'.'.repeat(habits.noteLength ?? 0)}"}`;
    const isMeant = (reference: string, asked: string) => {
      if (habits.ignoresFilter === true) return true;
      if (habits.filtersBySubstring === true) return reference.includes(asked);
      return habits.filtersByLikeness === true
        ? reference.slice(0, -LIKENESS) === asked.slice(0, reference.length - LIKENESS)
        : reference === asked;
    };
    const isListed = ({ atMs }: Made) => Date.now() - atMs >= (habits.lagMs ?? 0);
    const shown = (reference: string | null) =>
      orders.filter((one) => isListed(one) && isMeant(one.reference, reference ?? ''));
    if (pathname === '/ping') return answer(200, '{}');
    if (request.method === 'GET' && pathname.startsWith('/by-reference/')) {
      const [one] = shown(decodeURIComponent(pathname.slice('/by-reference/'.length)));
      return one === undefined ? answer(404, '{}') : answer(200, `{"id":${one.id}}`);
    }
    if (habits.busy === true) orders.push({ id: next++, reference: 'of somebody else', atMs: 0 });
    if (request.method === 'GET' && !searchParams.has('reference'))
      return answer(200, `{"total":${orders.filter(isListed).length}}`);
    if (request.method === 'GET') return answer(200, `{"data":[${shown(searchParams.get('reference')).map(item)}]}`);
    const key = String(request.headers['idempotency-key']);
    const create = async () => {
      const isRepeat = habits.repeatsFast === true && begun.has(key);
      begun.add(key);
      await sleep(isRepeat ? 0 : (habits.createMs ?? 0));
      const made = { id: next++, reference: (JSON.parse(text) as { reference: string }).reference, atMs: Date.now() };
      orders.push(made);
      return habits.nameless === true ? '{"ok":true}' : `{"id":${made.id}}`;
    };
    const known = stored.get(key);
    if (request.headers['idempotency-key'] === undefined) {
      if (habits.createsKeyless === true) await create();
      return answer(400, '{}');
    }
    if (known !== undefined && known.text !== text) return answer(422, '{}');
    if (known !== undefined && habits.createsTwice === true) await create();
    const body = known?.body ?? (await create());
    stored.set(key, { text, body });
    return answer(201, body);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const LIST = { path: '/orders?reference={{unique}}', items: '/data' };
const TOTAL = { path: '/orders', total: '/total' };
const LOOK_UP = { path: '/by-reference/{{unique}}' };
const CHECKS = [
  'creates-once-on-replay',
  'separates-idempotency-keys',
  'rejects-changed-body',
  'requires-idempotency-key',
];

async function reported(habits: Habits, count: Operation['count'] | null, only: readonly string[]) {
  const config: ConfigInput = {
    extends: 'none',
    contract: {
      auth: { headers: [{ name: 'X-Key' }] },
      idempotency: { header: 'Idempotency-Key', replay: 'same-response', required: true },
    },
    endpoint: {
      url: await startOrders(habits),
      key: '${KEY}',
      operations: {
        read: { path: '/ping' },
        create: { path: '/orders', body: { reference: '{{unique}}' }, ...(count === null ? {} : { count }) },
      },
    },
  };
  return (await runConfig(config, { only, environment: { KEY: 'key-of-the-orders' } })).report;
}

async function judged(habits: Habits, count: Operation['count'] | null = LIST, only: readonly string[] = CHECKS) {
  return verdicts(await reported(habits, count, only));
}

const SOUND = {
  'creates-once-on-replay': 'pass one',
  'separates-idempotency-keys': 'pass two',
  'rejects-changed-body': 'pass refused',
  'requires-idempotency-key': 'pass refused',
};
const TWICE = { ...SOUND, 'creates-once-on-replay': 'fail several' };

describe('a list that lags', () => {
  it('fails no single create', async () => {
    expect(await judged({ lagMs: 300 })).toEqual(SOUND);
  });

  it('hides no second one', async () => {
    expect(await judged({ lagMs: 300, createsTwice: true })).toEqual(TWICE);
  });

  it('hides none of creates that are slower than it', async () => {
    const { 'creates-once-on-replay': replay } = await judged({ lagMs: 200, createMs: 300, createsTwice: true });
    expect(['fail several', 'inconclusive uncounted']).toContain(replay);
  });

  it('merges no two keys whose answers name nothing', async () => {
    const { 'separates-idempotency-keys': keys } = await judged({ lagMs: 200, createMs: 300, nameless: true });
    expect(keys).toBe('pass two');
  });
});

describe('a list that lags, where creates are refused', () => {
  it('hides none that was made all the same', async () => {
    expect(await judged({ lagMs: 300, createsKeyless: true })).toEqual({
      ...SOUND,
      'requires-idempotency-key': 'fail created-anyway',
    });
  });
});

describe('a total', () => {
  it('that lags counts nothing of earlier creates', async () => {
    expect(await judged({ lagMs: 200 }, TOTAL)).toEqual(SOUND);
  });

  it('that others move fails nothing', async () => {
    const found = await judged({ busy: true }, TOTAL);
    expect(Object.values(found).filter((verdict) => verdict.startsWith('fail'))).toEqual([]);
  });
});

describe('a look-up, which shows one at most', () => {
  it('is no proof that there is no second', async () => {
    const open = 'inconclusive uncounted';
    expect(await judged({ createsTwice: true }, LOOK_UP)).toEqual({ ...SOUND, 'creates-once-on-replay': open });
    expect(await judged({ nameless: true }, LOOK_UP)).toEqual({
      ...SOUND,
      'creates-once-on-replay': open,
      'separates-idempotency-keys': open,
    });
  });
});

describe('a list that ignores its filter', () => {
  it('makes nothing of what others made', async () => {
    const found = await judged({ ignoresFilter: true });
    expect(Object.values(found).filter((verdict) => verdict.startsWith('fail'))).toEqual([]);
  });
});

describe('a list that filters by substring', () => {
  it.each([true, false])('fails no sound API (items show their reference: %s)', async (showsReference) => {
    // More than ten values, so that one without a fixed width would stand inside another.
    const only = [...CHECKS, 'creates-once-after-lost-response', 'accepts-valid-key'];
    const found = await judged({ filtersBySubstring: true, showsReference }, LIST, only);
    expect(found).toMatchObject(SOUND);
    expect(Object.values(found).filter((verdict) => verdict.startsWith('fail'))).toEqual([]);
  });

  it.each([true, false])('hides no second one (items show their reference: %s)', async (showsReference) => {
    expect(await judged({ filtersBySubstring: true, showsReference, createsTwice: true })).toEqual(TWICE);
  });
});

describe('a list that shows what is like the value', () => {
  it.each([true, false])('fails no sound API (items show their reference: %s)', async (showsReference) => {
    const found = await judged({ filtersByLikeness: true, showsReference });
    expect(Object.values(found).filter((verdict) => verdict.startsWith('fail'))).toEqual([]);
    if (showsReference) expect(found).toEqual(SOUND);
  });

  it('hides no second one where its items show their reference', async () => {
    expect(await judged({ filtersByLikeness: true, showsReference: true, createsTwice: true })).toEqual(TWICE);
  });
});

describe('a list too long to be kept', () => {
  it('leaves the count open, and says why', async () => {
    const { checks } = await reported({ noteLength: 40_000 }, LIST, ['creates-once-after-lost-response']);
    expect(checks.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual(['inconclusive uncounted']);
    expect(checks[0]?.because).toContain('at more length than the 32 KiB that are kept: ask for fewer items');
  });
});

describe('a repeat that overtakes the first call', () => {
  it('does not hide what that still makes', async () => {
    const id = 'creates-once-after-lost-response';
    expect(await judged({ createMs: 300 }, LIST, [id])).toEqual({ [id]: 'fail several' });
    expect(await judged({ createMs: 300, repeatsFast: true }, LIST, [id])).toEqual({ [id]: 'fail several' });
    expect(await judged({}, LIST, [id])).toEqual({ [id]: 'pass one' });
  });
});

describe('ids that are longer than a number holds', () => {
  const firstId = 9_007_199_254_740_993_000n;
  it('are told apart by all of their digits', async () => {
    expect(await judged({ firstId }, null)).toMatchObject({
      'creates-once-on-replay': 'pass one',
      'separates-idempotency-keys': 'pass two',
    });
  });
});
