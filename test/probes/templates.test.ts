// What unique values look like on the wire, in every place, and that they count what was made.
import { expect, it } from 'vitest';
import { runConfig, verdicts } from '../helpers/in-process.js';
import { ordersConfig, startOrders } from '../helpers/orders-api.js';

it('forms of unique values are sent alike in body, member names, query and count', async () => {
  const { url, seen } = await startOrders();
  const config = ordersConfig(url);
  const reference = '{{unique:12:0-9A-Z}}';
  const create = {
    path: '/orders',
    query: { trace: '{{unique:number}}' },
    headers: { 'X-Trace': '{{unique:8}}' },
    body: { reference, amount: 100, meta: { 'm-{{unique:8}}': '{{unique:number}}' } },
    count: { path: `/orders?reference=${reference}`, items: '/data' },
  };
  const endpoint = { ...config.endpoint, url, headers: { 'X-Run': '{{unique}}' } };
  const { report } = await runConfig(
    { ...config, endpoint: { ...endpoint, operations: { ...config.endpoint?.operations, create } } },
    { only: ['creates-once-on-replay', 'separates-idempotency-keys'] },
  );
  expect(verdicts(report)).toEqual({
    'creates-once-on-replay': 'pass one',
    'separates-idempotency-keys': 'pass two',
  });
  expect(seen.filter((one) => JSON.stringify(one).includes('{{'))).toEqual([]);
  expect(seen.every(({ headers }) => /^glc-/.test(String(headers['x-run'])))).toBe(true);
  const made = seen.filter(({ method }) => method === 'POST');
  for (const { body, query, headers } of made) {
    const sent = JSON.parse(body) as { reference: string; meta: Record<string, unknown> };
    expect(sent.reference).toMatch(/^[0-9A-Z]{12}$/);
    const [[name, value] = ['', null]] = Object.entries(sent.meta);
    expect(name).toBe(`m-${headers['x-trace']}`);
    expect(value).toBe(Number(query.get('trace')));
  }
  const references = new Set(made.map(({ body }) => (JSON.parse(body) as { reference: string }).reference));
  const counted = seen.flatMap(({ query }) => query.get('reference') ?? []);
  expect(counted.some((one) => references.has(one))).toBe(true);
});

it('a call that comes before a create has a unique value of its own', async () => {
  const { url, seen } = await startOrders(({ path }) => (path === '/v1/quotes' ? { body: { id: 'quo_1' } } : null));
  const config = ordersConfig(url);
  const operations = {
    ...config.endpoint?.operations,
    quotation: { method: 'POST' as const, path: '/quotes', body: { ref: '{{unique}}' } },
    create: {
      path: '/orders',
      body: { reference: '{{unique}}', amount: 1, quote: '{{quote}}' },
      takes: { quote: { operation: 'quotation', value: '/id' } },
    },
  };
  await runConfig({ ...config, endpoint: { url, operations } }, { only: ['creates-once-on-replay'] });
  const quotes = seen.filter(({ path }) => path === '/v1/quotes').map(({ body }) => body);
  expect(quotes.length).toBeGreaterThan(1);
  expect(new Set(quotes).size).toBe(quotes.length);
  expect(quotes.join()).not.toContain('{{');
});
