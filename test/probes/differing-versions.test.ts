// A version that no answer names: two reads whose body tells one version from the other.
import { expect, it } from 'vitest';
import { runConfig, verdicts } from '../helpers/in-process.js';
import { ordersConfig, startOrders } from '../helpers/orders-api.js';

async function judged(nameIn: (version: string, count: number) => unknown) {
  let count = 0;
  const { url, seen } = await startOrders(({ path, headers }) => {
    if (path !== '/v1/ping') return null;
    count += 1;
    return { body: { name: nameIn(String(headers['x-version']), count) } };
  });
  const config = ordersConfig(url);
  const version = { name: 'X-Version', differs: { pointer: '/name', values: ['2025-01-01', '2026-01-01'] } };
  const { report } = await runConfig(
    { ...config, contract: { ...config.contract, version } },
    { only: ['honours-pinned-version'] },
  );
  return { verdict: verdicts(report)['honours-pinned-version'], sent: seen.length };
}

it('is heeded, ignored, or cannot be told', async () => {
  expect(await judged((version) => (version === '2026-01-01' ? { first: 'Dana' } : 'Dana'))).toEqual({
    verdict: 'pass differs',
    sent: 5,
  });
  expect((await judged(() => 'Dana')).verdict).toBe('fail alike');
  expect((await judged((_, count) => count)).verdict).toBe('inconclusive moves');
});
