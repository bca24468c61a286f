import { expect, it } from 'vitest';
import { endpointSchema } from '../../src/config/schema.js';
import { configuredOperations, statusRead, statusReadOf } from '../../src/lanes/status-reads.js';
import type { WholeRequest } from '../../src/proxy/source.js';

const endpoint = endpointSchema.parse({
  url: 'https://api.example.com/v1',
  operations: {
    create: {
      path: '/orders',
      body: { amount: 1 },
      poll: {
        path: '/orders/{{id}}',
        status: '/state',
        done: ['failed', 'settled'],
        failed: ['failed'],
        pending: 'working',
      },
    },
    look: { path: '/orders/{order}', answer: { id: 'ord_1', state: 'new' } },
  },
});

const read = (operation: ReturnType<typeof statusRead> | undefined) =>
  JSON.parse(operation?.respond?.({} as WholeRequest).body.toString() ?? 'null') as unknown;

it('answers the status of every operation that takes long: done at once, unless told otherwise', () => {
  const operations = configuredOperations(endpoint);
  expect(operations.map((one) => one.name)).toEqual([statusReadOf('create'), 'create', 'look']);
  expect(read(operations[0])).toEqual({ id: 'ord_1', state: 'settled' });
  expect(configuredOperations(undefined)).toEqual([]);
});

it('is under way for so many reads, then done', () => {
  const poll = endpoint.operations.create?.poll;
  if (poll === undefined) throw new Error('no poll');
  const operation = statusRead('create', poll, [], 2);
  expect([1, 2, 3, 4].map(() => read(operation))).toEqual([
    { state: 'working' },
    { state: 'working' },
    { state: 'settled' },
    { state: 'settled' },
  ]);
});
