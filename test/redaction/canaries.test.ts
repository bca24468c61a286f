// Keys planted in whatever a server and a client of the user can say, in any two usual encodings: none of them comes out.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { sandboxConfig, sandboxVariables } from '../../src/sandbox/config.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { startCli } from '../helpers/cli.js';
import { ENCODINGS } from '../helpers/encodings.js';
import { isFull } from '../helpers/full.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-canaries-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Short, so that many fit.
const KEY = 'sk_test_9q/Z';
const PASSWORD = 'p5/+W=&"';
// Each pair of encodings stands in each kind of place, however few they are; more of them meet more neighbours and cuts.
const FEWEST = isFull() ? 100_000 : 20_000;
const MOST_RUNS = 4;
const PER_BODY = isFull() ? 1_200 : 250;
/** Of what a client sends, logs and prints, each. */
const PER_OUTPUT = isFull() ? 150 : 50;
const PER_HEAD = 40;
const CHECKS = ['endpoint', 'keeps-key-out-of-output', 'keeps-key-out-of-urls', 'completes-without-faults'];
// Runs of two encoded texts must not read as one.
const BETWEEN = '\n> ';
const WINDOW = 8;
const LOOK_MS = 200;

/** Each call gives the next of all pairs of encodings that may stand in such a place. */
function canaries(secrets: readonly string[], mayStand: RegExp) {
  const encodings = Object.values(ENCODINGS);
  const all = secrets.flatMap((secret) => encodings.flatMap((outer) => encodings.map((inner) => outer(inner(secret)))));
  const fitting = [...new Set(all)].filter((one) => mayStand.test(one));
  let next = 0;
  const take = () => {
    next += 1;
    return fitting[next % fitting.length] ?? '';
  };
  return { take, some: (count: number) => Array.from({ length: count }, take), given: () => next, fitting };
}

type Canaries = ReturnType<typeof canaries>;

/** Passes calls on and adds canaries to all parts of the answer. */
function decorated({ url: origin, keys: { key } }: Sandbox, inHead: Canaries, inJson: Canaries, inText: Canaries) {
  let answers = 0;
  return createServer({ joinDuplicateHeaders: true }, (call, answer) => {
    const { hostname, port } = new URL(origin);
    const { method = 'GET', url = '/', headers } = call;
    const onwardHeaders = {
      ...headers,
      host: `${hostname}:${port}`,
      ...(headers.authorization === undefined ? {} : { authorization: headers.authorization.replace(KEY, key) }),
    };
    const onward = request({ hostname, port, method, path: url, headers: onwardHeaders }, (given) => {
      void respond(given, answer).catch(() => answer.destroy());
    });
    onward.on('error', () => answer.destroy());
    call.pipe(onward);
  });

  async function respond(given: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of given) chunks.push(chunk as Buffer);
    const body = withCanaries(Buffer.concat(chunks).toString('utf8'));
    answer.writeEarlyHints({ link: '</a>; rel=preload', 'x-hint': inHead.take() });
    answer.statusMessage = inHead.take();
    const kept = Object.entries(given.headers).filter(([name]) => !/^(content-length|connection|date)$/.test(name));
    answer.writeHead(given.statusCode ?? 500, {
      ...Object.fromEntries(kept),
      'set-cookie': inHead.some(3),
      location: `/x?y=${inHead.take()}`,
      'x-request-id': inHead.take(),
      ...Object.fromEntries(inHead.some(PER_HEAD).map((one, at) => [`x-canary-${at}`, one])),
      trailer: 'x-trailing',
      ...(body.packed ? { 'content-encoding': 'gzip' } : {}),
    });
    // However a secret is cut.
    const step = 7 + (inHead.given() % 90);
    for (let at = 0; at < body.bytes.length; at += step * 40) answer.write(body.bytes.subarray(at, at + step * 40));
    answer.addTrailers({ 'x-trailing': inHead.take() });
    answer.end();
  }

  function withCanaries(text: string): { bytes: Buffer; packed: boolean } {
    answers += 1;
    const packed = answers % 3 === 0;
    const whole = text.startsWith('{')
      ? `{"canaries":${JSON.stringify(inJson.some(PER_BODY))},"canary":"${inJson.take()}",${text.slice(1)}`
      : `${text}\n> ${inText.some(PER_BODY).join(BETWEEN)}`;
    return { bytes: packed ? gzipSync(whole) : Buffer.from(whole), packed };
  }
}

/** One that says in each way open to it what it should keep to itself. */
const CLIENT = `
import { appendFileSync, readFileSync } from 'node:fs';
import http from 'node:http';
const { head, json, text, from, between } = JSON.parse(readFileSync(process.env.CANARIES, 'utf8'));
const some = (list, count, at) => Array.from({ length: count }, (_, n) => list[(at + n) % list.length]);
const lane = process.env.STATE_DIR.split('').reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) % 99991, 7);
const headers = Object.fromEntries(some(head, ${PER_HEAD}, lane).map((one, at) => ['x-canary-' + at, one]));
const url = process.env.ORDERS_URL + '/orders?' + some(from, 5, lane).map((one, at) => 'c' + at + '=' + encodeURIComponent(one)).join('&');
const body = JSON.stringify({ reference: 'a', amount: 1200, currency: 'EUR', notes: some(json, ${PER_OUTPUT}, lane) });
const call = http.request(url, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': String(lane),
  'user-agent': head[lane % head.length], cookie: head[(lane + 1) % head.length], authorization: 'Bearer ' + process.env.ORDERS_KEY, ...headers } }, (answer) => {
  answer.resume();
  answer.on('end', () => process.exit(answer.statusCode < 300 ? 0 : 1));
});
call.on('error', () => process.exit(1));
call.end(body);
appendFileSync(process.env.RUNS, '.');
appendFileSync(process.env.STATE_DIR + '/client.log', between + some(text, ${PER_OUTPUT}, lane + 1).join(between));
process.stdout.write(between + some(text, ${PER_OUTPUT}, lane + 2).join(between) + '\\n');
process.stderr.write(between + some(text, ${PER_OUTPUT}, lane + 3).join(between) + '\\n');
`;
const PER_RUN = PER_HEAD + 2 + 5 + 4 * PER_OUTPUT;

it('no key comes out of a run in which everything says it', async () => {
  const sandbox = await startSandbox({ rateLimit: { limit: 1_000_000, windowMs: 60_000 } });
  const secrets = [KEY, PASSWORD];
  const inHead = canaries(secrets, /^[ -~]{1,160}$/);
  const inJson = canaries(secrets, /^[^"\\\0-\x1f]{1,160}$/);
  const inText = canaries(secrets, /^[\s\S]{1,160}$/);
  // Percent-encoded is one layer.
  const inUrl = secrets.flatMap((secret) => Object.values(ENCODINGS).map((encode) => encode(secret)));
  const proxy = decorated(sandbox, inHead, inJson, inText);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${new URL(sandbox.url).pathname}`;
    const client = join(folder, 'client.mjs');
    writeFileSync(client, CLIENT);
    const planted = join(folder, 'planted.json');
    writeFileSync(
      planted,
      JSON.stringify({
        between: BETWEEN,
        head: inHead.fitting,
        json: inJson.fitting,
        text: inText.fitting,
        from: inUrl,
      }),
    );
    const config = sandboxConfig({ url, client, repeats: 5 }) as { client: { env: Record<string, string> } };
    const settings = {
      ...config,
      budget: { seconds: 3_600 },
      client: {
        ...config.client,
        logs: ['{{lane}}/client.log'],
        env: { ...config.client.env, CANARIES: planted, RUNS: join(folder, 'runs'), DB_PASSWORD: '${DB_PASSWORD}' },
      },
    };
    writeFileSync(join(folder, 'golive.json'), JSON.stringify(settings));
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const out = {
      report: join(folder, 'report.json'),
      evidence: join(folder, 'evidence.json'),
      state: join(folder, 'state.json'),
    };
    const outputs = [
      '--format',
      'text',
      '--format',
      `json=${out.report}`,
      '--evidence',
      out.evidence,
      '--state',
      out.state,
    ];
    const words = ['run', '-c', 'golive.json', '--only', ...CHECKS, '--verbose', ...outputs];
    const variables = {
      ...sandboxVariables(sandbox.keys),
      GOLIVE_DEMO_KEY: KEY,
      DB_PASSWORD: PASSWORD,
      TMPDIR: temporary,
    };
    const runs = () => readFileSync(join(folder, 'runs'), 'utf8').length;
    const given = () => inHead.given() + inJson.given() + inText.given() + runs() * PER_RUN;
    const leaks = leaksOf([...inHead.fitting, ...inJson.fitting, ...inText.fitting, ...inUrl.map(encodeURIComponent)]);
    expect(leaks(inText.fitting.join('\n'))).not.toEqual([]);
    // One run plants enough, unless the machine is so busy that much of it stays open.
    for (let turn = 0; turn === 0 || (given() <= FEWEST && turn < MOST_RUNS); turn += 1) {
      const { text, commands } = await watched(words, variables);
      const written = Object.fromEntries(Object.entries(out).map(([name, path]) => [name, readFileSync(path, 'utf8')]));
      const left = readdirSync(temporary, { recursive: true }).join('\n');
      expect(text).toContain('[secret:GOLIVE_DEMO_KEY]');
      for (const [name, content] of Object.entries({ ...written, text, commands, left }))
        expect(leaks(content), name).toEqual([]);
    }
    expect(runs()).toBeGreaterThan(0);
    for (const place of [inHead, inJson]) expect(place.given()).toBeGreaterThan(place.fitting.length);
    expect(3 * PER_OUTPUT * runs()).toBeGreaterThan(inText.fitting.length);
    expect(given()).toBeGreaterThan(FEWEST);
  } finally {
    proxy.closeAllConnections();
    proxy.close();
    await sandbox.close();
  }
});

/** Which of them a text holds: the middle of each leads to it. */
function leaksOf(planted: readonly string[]): (text: string) => string[] {
  const inJson = (texts: readonly string[]) => texts.map((one) => JSON.stringify(one).slice(1, -1));
  const written = new Set([...planted, ...inJson(planted), ...inJson(inJson(planted))]);
  const byMiddle = new Map<string, { one: string; begin: number }[]>();
  for (const one of written) {
    const begin = (one.length - WINDOW) >> 1;
    const middle = one.slice(begin, begin + WINDOW);
    byMiddle.set(middle, [...(byMiddle.get(middle) ?? []), { one, begin }]);
  }
  return (text) => {
    const found = new Set<string>();
    for (let at = 0; at + WINDOW <= text.length; at += 1)
      for (const { one, begin } of byMiddle.get(text.slice(at, at + WINDOW)) ?? [])
        if (text.startsWith(one, at - begin)) found.add(one);
    return [...found].slice(0, 5);
  };
}

/** Runs the command line, and looks meanwhile at the commands of all processes. */
async function watched(words: readonly string[], env: Record<string, string>) {
  const { ended } = startCli(words, folder, env);
  const commands = new Set<string>();
  const looking = setInterval(() => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        commands.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      } catch {
        // It is gone.
      }
    }
  }, LOOK_MS);
  const { stdout, stderr } = await ended;
  clearInterval(looking);
  return { text: stdout + stderr, commands: [...commands].join('\n') };
}
