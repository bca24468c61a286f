// An API behind a gateway that does not get an answer from it: nothing follows from the gateway's own page.
import { expect, it } from 'vitest';
import { runConfig } from '../helpers/in-process.js';
import { httpAnswer, startPeer } from '../helpers/peer.js';

it.each([
  '502 Bad Gateway',
  '522 Connection timed out',
  '530 Origin DNS error',
])('an API behind %s fails no check', async (status) => {
  const peer = await startPeer((socket) => socket.write(httpAnswer(status, '<h1>no answer from the origin</h1>')));
  try {
    const { report } = await runConfig(
      {
        endpoint: { url: peer.origin, key: '${API_KEY}', operations: { read: { method: 'GET', path: '/ping' } } },
        contract: { errors: { default: { code: '/code' } }, requestId: { headers: ['X-Request-Id'] } },
      },
      { environment: { API_KEY: 'sk_test_0123456789' } },
    );
    const codes = Object.fromEntries(report.checks.map((one) => [one.id, one.code]));
    expect(codes['accepts-valid-key']).toBe('blocked');
    expect(report.checks.filter((one) => one.outcome === 'fail').map((one) => one.id)).toEqual([]);
  } finally {
    await peer.close();
  }
});
