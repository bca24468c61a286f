import { isLack, type Lack, lack } from '../../evidence/unlock.js';
import type { Api } from '../api.js';
import type { Calls } from '../call.js';
import { defineProbe } from '../define.js';
import { NO_MOCK } from '../writing.js';

// WebDAV's own, safe by its definition (RFC 4918, 9.1): parsers know it, and hardly an API serves it.
const UNUSUAL_METHOD = 'PROPFIND';
// Past what is taken by default by nginx (8 KiB), Node (16 KiB) and Cloudflare (32 KiB).
const LONG_TARGET_BYTES = 33 * 1024;

export default defineProbe({
  key: 'endpoint.provoked-reads',
  says: 'reading in ways that the API refuses',
  after: ['endpoint.authenticated'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    const calls = callsOf(api);
    return !isLack(calls) && Object.keys(calls).length === 0
      ? lack('endpoint.provoke with 405 or 414', 'endpoint.provoke')
      : calls;
  },
  async run({ api, send, fresh }) {
    const labels = Object.keys(callsOf(api));
    const sending = labels.map((label) => send(label, { unique: fresh(), whatever: true }));
    return { calls: await Promise.all(sending) };
  },
});

function callsOf(api: Api): Calls | Lack {
  const read = api.call('read', { expected: [] });
  if (isLack(read)) return read;
  const { provoke } = api.endpoint;
  return {
    ...(provoke.includes(405) && {
      'unusual method': { ...read, method: UNUSUAL_METHOD, headers: { ...read.headers, Depth: '0' }, provokes: 405 },
    }),
    ...(provoke.includes(414) && { 'long url': { ...read, provokes: 414, padTo: LONG_TARGET_BYTES } }),
  };
}
