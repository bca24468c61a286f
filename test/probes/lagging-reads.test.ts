// Reads that lag behind the writes: what is shown too early is no verdict.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';
import { runConfig, verdicts } from '../helpers/in-process.js';

const LAG_MS = 200;

interface Habits {
  /** A repeated update is performed again, and answered from the store. */
  updatesTwice?: boolean;
  /** Each key is an account of its own; the idempotency keys are shared. */
  separatesAccounts?: boolean;
}

async function startOrders({ updatesTwice = false, separatesAccounts = false }: Habits): Promise<string> {
  const notes: { atMs: number; note: string }[] = [];
  const orders: { atMs: number; id: string; account: string }[] = [];
  const stored = new Map<string, string>();
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const account = separatesAccounts ? `${request.headers['x-key']}` : 'the one';
    const answer = (body: object) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const isOld = ({ atMs }: { atMs: number }) => Date.now() - atMs >= LAG_MS;
    if (request.method === 'GET' && request.url?.startsWith('/orders?') === true)
      return answer({ data: orders.filter((one) => isOld(one) && one.account === account) });
    // One write behind at most.
    if (request.method === 'GET') return answer({ note: (notes.findLast(isOld) ?? notes.at(-2))?.note ?? '' });
    const key = `${request.method} ${request.headers['idempotency-key']}`;
    const known = stored.get(key);
    const { note = '' } = JSON.parse(text) as { note?: string };
    if (request.method === 'PATCH') {
      if (known === undefined || updatesTwice) notes.push({ atMs: Date.now(), note });
      stored.set(key, note);
      return answer({ note });
    }
    const id = known ?? `ord_${orders.length + 1}`;
    if (known === undefined) orders.push({ atMs: Date.now(), id, account });
    stored.set(key, id);
    return answer({ id });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function judged(id: string, habits: Habits = {}): Promise<string | undefined> {
  const config: ConfigInput = {
    extends: 'none',
    contract: {
      auth: { headers: [{ name: 'X-Key' }] },
      idempotency: { header: 'Idempotency-Key', replay: 'same-response', methods: ['POST', 'PATCH'] },
    },
    endpoint: {
      url: await startOrders(habits),
      key: '${KEY}',
      secondAccountKey: '${SECOND}',
      operations: {
        read: { path: '/ping' },
        create: {
          path: '/orders',
          body: { reference: '{{unique}}' },
          count: { path: '/orders?all=1', items: '/data' },
        },
        update: { path: '/orders/{{id}}', body: { note: '{{unique}}' } },
      },
    },
  };
  const environment = { KEY: 'key-of-the-orders', SECOND: 'second-key-of-them' };
  return verdicts((await runConfig(config, { only: [id], environment })).report)[id];
}

describe('an update that was repeated', () => {
  it('is not taken for performed again because the later one is not shown yet', async () => {
    expect(await judged('replays-updates')).toBe('pass replayed');
  });
  it('is not taken for left alone because its effect is not shown yet', async () => {
    expect(await judged('replays-updates', { updatesTwice: true })).toBe('fail applied-again');
  });
});

describe('a second key', () => {
  it('of one account is known for it also where its list lags', async () => {
    expect(await judged('isolates-keys-between-accounts')).toBe('inconclusive same-account');
  });
  it('of another account that gets the first answer is a leak', async () => {
    const shared = await judged('isolates-keys-between-accounts', { separatesAccounts: true });
    expect(shared).toBe('fail shared');
  });
});
