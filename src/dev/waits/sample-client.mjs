// Waits as its arguments say (ms) and a little longer, and gives up. Its key names the waits: what is measured beyond them
// is the machine's.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

// Too little jitter to be told from the machine's: all repeats are made.
const JITTER_MS = 15;
const waitsMs = process.argv.slice(2).map((ms) => Math.round(Number(ms) + Math.random() * JITTER_MS));
const key = `waits-${process.pid}-${waitsMs.join('-')}`;

const send = () =>
  new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': key,
      authorization: `Bearer ${process.env.WAITS_KEY}`,
    };
    const url = `${process.env.WAITS_URL}/orders`;
    const outgoing = http.request(url, { method: 'POST', headers, agent: false, timeout: 3_000 });
    outgoing.on('timeout', () => outgoing.destroy(new Error('timed out')));
    outgoing.on('error', () => resolve(599));
    outgoing.on('response', (answer) => {
      answer.on('error', () => resolve(599));
      answer.on('end', () => resolve(answer.statusCode));
      answer.resume();
    });
    outgoing.end(JSON.stringify({ reference: `order-${process.pid}` }));
  });

let status = await send();
for (const ms of waitsMs) {
  if (status < 400) break;
  await sleep(ms);
  status = await send();
}
process.exitCode = status < 400 ? 0 : 1;
