// Measures the lane proxy against a minimal streaming proxy, direct calls and (where installed) mockttp, in alternation
// within one run: ratios survive a noisy machine, absolute figures do not.
import { fork } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client, type Dispatcher } from 'undici';
import { createUpstream } from '../proxy/forward.js';
import { startLaneProxy } from '../proxy/server.js';
import { createRedactor } from '../redaction/redact.js';

const ROUNDS = 9;
const ROUND_MS = 700;
const WARM_UP_MS = 1_500;
const MEMORY_REQUESTS = 100_000;
const BODY = JSON.stringify({ amount: 10, note: 'x'.repeat(200) });
const ANSWER = JSON.stringify({ id: 'ord_1', status: 'created', note: 'y'.repeat(200) });

type Role = 'upstream' | 'minimal' | 'lane' | 'mockttp';

export async function benchProxy(): Promise<string> {
  const upstream = await serve('upstream', '');
  if (upstream === null) throw new Error('the upstream did not start');
  const contestants = [{ name: 'direct', served: upstream }];
  for (const role of ['minimal', 'lane', 'mockttp'] as const) {
    const served = await serve(role, upstream.url);
    if (served !== null) contestants.push({ name: role, served });
  }
  const lines: string[] = [];
  try {
    for (const { served } of contestants) await load(served.url, 16, WARM_UP_MS);
    for (const connections of [1, 16]) {
      const rates = new Map<string, Sample[]>();
      for (let round = 0; round < ROUNDS; round++) {
        for (const { name, served } of contestants) {
          rates.set(name, [...(rates.get(name) ?? []), await load(served.url, connections, ROUND_MS)]);
        }
      }
      lines.push(...summary(connections, rates));
    }
    lines.push(await memory(contestants.find(({ name }) => name === 'lane')?.served));
    if (!contestants.some(({ name }) => name === 'mockttp')) lines.push('mockttp: not installed');
  } finally {
    for (const { served } of contestants) served.stop();
  }
  return lines.join('\n');
}

interface Sample {
  perSecond: number;
  p50Ms: number;
}

interface Served {
  url: string;
  memory(): Promise<number>;
  stop(): void;
}

// What the lane must reach of each contestant's rate, and may add to its median latency.
const LEAST_RATIO: Readonly<Record<string, number>> = { minimal: 0.9, mockttp: 3 };
const MOST_ADDED_MS = 1;

function summary(connections: number, rates: ReadonlyMap<string, readonly Sample[]>): string[] {
  // Pairs of one round, so that a slow second hits both.
  const pairs = (one: string, other: string, of: (a: Sample, b: Sample) => number) =>
    median((rates.get(one) ?? []).map((sample, round) => of(sample, rates.get(other)?.[round] ?? sample)));
  const rateOf = (one: string, other: string) => pairs(one, other, (a, b) => a.perSecond / b.perSecond);
  return [...rates].map(([name, samples]) => {
    const rate = median(samples.map((one) => one.perSecond));
    const line = `${String(connections).padStart(2)} connections  ${name.padEnd(8)} ${Math.round(rate).toString().padStart(6)}/s`;
    if (name === 'lane') return line;
    const ratio = rateOf('lane', name);
    const least = LEAST_RATIO[name];
    const reach = least === undefined ? '' : ` (reach ${least})${ratio >= least ? '' : '  MISSED'}`;
    const addedMs = pairs('lane', name, (a, b) => a.p50Ms - b.p50Ms);
    const added = `p50 ${addedMs < 0 ? '' : '+'}${addedMs.toFixed(3)} ms`;
    const late = name === 'direct' ? ` (reach < ${MOST_ADDED_MS})${addedMs < MOST_ADDED_MS ? '' : '  MISSED'}` : '';
    // What no proxy on node:http can do is no shortcoming of the lane.
    const ceiling = name === 'mockttp' ? `; minimal/mockttp ${rateOf('minimal', name).toFixed(2)}` : '';
    return `${line}  lane/${name} ${ratio.toFixed(2)}${reach}, ${added}${late}${ceiling}`;
  });
}

async function memory(lane: Served | undefined): Promise<string> {
  if (lane === undefined) return '';
  const figures: number[] = [];
  for (let part = 0; part <= 4; part++) {
    if (part > 0) await load(lane.url, 16, Number.POSITIVE_INFINITY, MEMORY_REQUESTS / 4);
    figures.push(await lane.memory());
  }
  return `memory after 0, 25, 50, 75, 100 thousand more requests (MiB): ${figures.map((one) => one.toFixed(1)).join(', ')}`;
}

async function load(
  url: string,
  connections: number,
  forMs: number,
  requests = Number.POSITIVE_INFINITY,
): Promise<Sample> {
  const clients = Array.from({ length: connections }, () => new Client(url, { pipelining: 1 }));
  const until = performance.now() + forMs;
  const times: number[] = [];
  let started = 0;
  const begun = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until && started < requests) {
        started++;
        const at = performance.now();
        const { statusCode, body } = await client.request(REQUEST);
        await body.dump();
        // mockttp takes a reused port for a loop of its own now and then: a refusal is no served request.
        if (statusCode === 201) times.push(performance.now() - at);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(clients.map((client) => client.close()));
  return { perSecond: times.length / seconds, p50Ms: median(times) };
}

const REQUEST: Dispatcher.RequestOptions = {
  method: 'POST',
  path: '/v2/orders',
  headers: ['Content-Type', 'application/json', 'Authorization', 'Bearer key', 'Idempotency-Key', 'k-1'],
  body: BODY,
};

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Starts one server in a process of its own; null: it cannot be had here. */
function serve(role: Role, upstream: string): Promise<Served | null> {
  const child = fork(fileURLToPath(import.meta.url), ['--serve', role, upstream], {
    execArgv: [...process.execArgv, '--expose-gc'],
    stdio: ['ignore', 'inherit', role === 'mockttp' ? 'ignore' : 'inherit', 'ipc'],
  });
  const next = () => new Promise<unknown>((resolve) => child.once('message', resolve));
  return new Promise((resolve) => {
    child.once('exit', () => resolve(null));
    child.once('message', (url) =>
      resolve({
        url: String(url),
        async memory() {
          const answer = next();
          child.send('memory');
          return Number(await answer);
        },
        stop: () => child.kill(),
      }),
    );
  });
}

async function startRole(role: Role, upstream: string): Promise<string> {
  if (role === 'upstream') return listen(answerer());
  if (role === 'minimal') return listen(minimalProxy(new URL(upstream)));
  if (role === 'lane') {
    const lane = await startLaneProxy({
      source: createUpstream({ origin: upstream }),
      redactor: createRedactor([]),
      operations: [{ name: 'create', method: 'POST', path: '/orders' }],
      basePath: '/v2',
      target: 'create',
    });
    return new URL(lane.url).origin;
  }
  return startMockttp(upstream);
}

function answerer(): http.Server {
  return http.createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': ANSWER.length });
      response.end(ANSWER);
    });
  });
}

function minimalProxy(upstream: URL): http.Server {
  const agent = new http.Agent({ keepAlive: true });
  return http.createServer((request, response) => {
    const { method, url, headers } = request;
    const target = { agent, host: upstream.hostname, port: upstream.port, method, path: url, headers };
    const outgoing = http.request(target, (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, incoming.headers);
      incoming.pipe(response);
    });
    request.pipe(outgoing);
  });
}

async function startMockttp(upstream: string): Promise<string> {
  // Not a dependency of the program: a name the compiler does not look up.
  const name: string = 'mockttp';
  const { getLocal } = (await import(name)) as { getLocal(): Mockttp };
  const server = getLocal();
  await server.start();
  await server.forAnyRequest().thenForwardTo(upstream);
  // It records requests by itself; answers only for whoever asks.
  await server.on('response', () => undefined);
  return server.url;
}

interface Mockttp {
  url: string;
  start(): Promise<void>;
  on(event: 'response', seen: () => void): Promise<void>;
  forAnyRequest(): { thenForwardTo(url: string): Promise<unknown> };
}

function listen(server: http.Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

const [, , flag, role, upstream = ''] = process.argv;
if (flag === '--serve' && process.send !== undefined) {
  const send = process.send.bind(process);
  // Nothing stays behind when the measuring process dies.
  process.on('disconnect', () => process.kill(process.pid));
  process.on('message', () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    send((heapUsed + external) / 1024 / 1024);
  });
  startRole(role as Role, upstream).then(
    (url) => send(url),
    () => process.disconnect?.(),
  );
}
