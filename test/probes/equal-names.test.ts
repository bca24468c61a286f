// Two answers with one name: whether that shows one resource depends on where the name comes from.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';
import { runConfig, verdicts } from '../helpers/in-process.js';

type Answer = (account: string, key: string, reference: string) => object;

async function judged(id: string, answer: Answer, idempotency: object = {}): Promise<string | undefined> {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { reference = '' } = (text === '' ? {} : JSON.parse(text)) as { reference?: string };
    const { 'x-key': account = '', 'idempotency-key': key = '' } = request.headers;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(request.method === 'GET' ? {} : answer(`${account}`, `${key}`, reference)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const config: ConfigInput = {
    extends: 'none',
    contract: {
      auth: { headers: [{ name: 'X-Key' }] },
      idempotency: { header: 'Idempotency-Key', replay: 'same-resource', ...idempotency },
    },
    endpoint: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      key: '${KEY}',
      secondAccountKey: '${SECOND}',
      operations: { read: { path: '/ping' }, create: { path: '/orders', body: { reference: '{{unique}}' } } },
    },
  };
  const environment = { KEY: 'key-of-the-orders', SECOND: 'second-key-of-them' };
  return verdicts((await runConfig(config, { only: [id], environment })).report)[id];
}

/** One id for each key; each answer tells when it was made. */
function stored(of: (account: string, key: string) => string): Answer {
  const ids = new Map<string, string>();
  return (account, key) => {
    const place = of(account, key);
    ids.set(place, ids.get(place) ?? `ord_${(ids.size + 1) * 7919}`);
    return { id: ids.get(place), shownAt: process.hrtime().join('.') };
  };
}

const byCaller: Answer = (_account, _key, reference) => ({ id: reference });
const byKey = () => stored((_account, key) => key);
const byAccount = () => stored((account, key) => `${account} ${key}`);

it('an id that the caller made is no trace of another account', async () => {
  expect(await judged('isolates-keys-between-accounts', byCaller)).toBe('inconclusive alike');
});

it('an id that the API made is one', async () => {
  const id = 'isolates-keys-between-accounts';
  expect(await judged(id, byKey())).toBe('fail shared');
  expect(await judged(id, byAccount())).toBe('pass separate');
});

it('the old resource in other words is no new one', async () => {
  expect(await judged('rejects-changed-body', byKey(), { changedBody: 'new' })).toBe('fail no-new-resource');
});
