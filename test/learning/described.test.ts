import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describedOperations } from '../../src/learning/described.js';

const ORDER = { type: 'object', properties: { id: { type: 'string', example: 'ord_1' } } };
const json = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } });

function descriptionWith(servers: readonly object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'golive-described-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'api.json'),
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Orders', version: '1' },
      servers,
      paths: { '/orders': { post: { responses: { 201: json(ORDER), 422: { description: 'bad' } } } } },
    }),
  );
  return folder;
}

it.each([
  ['an absolute server', [{ url: 'https://api.example.com/v2/' }], ['/v2/orders', '/orders']],
  ['a server without a host', [{ url: '/v3' }], ['/v3/orders', '/orders']],
  [
    'several servers of one path',
    [{ url: 'https://a.example/v1' }, { url: 'https://b.example/v1' }],
    ['/v1/orders', '/orders'],
  ],
  ['no server', [], ['/orders']],
])('answers below the path of %s', async (_, servers, paths) => {
  const operations = await describedOperations('api.json', descriptionWith(servers));
  expect(operations.map(({ path }) => path)).toEqual(paths);
  for (const one of operations) expect(one).toMatchObject({ method: 'POST', status: 201, answer: { id: 'ord_1' } });
});

it('says which file is missing', async () => {
  await expect(describedOperations('none.yaml', tmpdir())).rejects.toThrow(/none\.yaml/);
});
