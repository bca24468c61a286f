// The yardstick of the bench: the recorded requests of a run, sent again by plain undici in the same dependency order.
// A request waits for those that had ended before it began, and for the end of a limit that one of them met; nothing is
// judged, redacted or recorded.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';

const [script, key] = process.argv.slice(2);
const fresh = randomBytes(5).toString('hex');
const text = readFileSync(script, 'utf8')
  .replaceAll(/glc-[0-9a-f]{10}-/g, `glc-${fresh}-`)
  // Idempotency keys are made from the id of the run, too (src/probes/idempotency-keys.ts).
  .replaceAll(/[0-9a-f]{8}-[0-9a-f]{2}(?=00-4000-8000-)/g, `${fresh.slice(0, 8)}-${fresh.slice(8)}`)
  .replaceAll('[secret:GOLIVE_DEMO_KEY]', key);
const exchanges = JSON.parse(text);
const agent = new Agent({ connections: 64 });
const done = new Map();
for (const exchange of exchanges) {
  const before = exchanges.filter((one) => one.endedAtMs <= exchange.startedAtMs);
  done.set(
    exchange.id,
    Promise.all(before.map((one) => done.get(one.id)))
      .then(() => sleep(1000 * Math.max(0, ...before.map((one) => limitedFor(one, exchange)))))
      .then(() => send(exchange)),
  );
}
await Promise.all(done.values());
await agent.close();

/** Seconds that `next` has to wait because its own kind of call was refused last. */
function limitedFor(exchange, next) {
  if (exchange.request.url !== next.request.url || exchange.response?.status !== 429) return 0;
  return Number(exchange.response.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1] ?? 0);
}

async function send({ request: { method, url, headers, body }, ended }) {
  const cut = new AbortController();
  if (ended === 'cut-by-us') setTimeout(() => cut.abort(), 2);
  try {
    const answer = await request(url, {
      method,
      headers: headers.flat(),
      body: body?.text,
      dispatcher: agent,
      signal: cut.signal,
    });
    await answer.body.text();
  } catch (error) {
    if (!cut.signal.aborted) throw error;
  }
}
