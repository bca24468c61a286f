// A sample receiver beside a test, and deliveries to it that the test signs by itself.
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/sandbox/free-port.js';
import { type ReceiverName, receiverCommand } from '../../src/sandbox/receivers.js';
import { startProgram } from '../helpers/program.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LOOK_MS = 20;
const PATIENCE_MS = 60_000;

/** A receiver takes the first and the last of these. */
export const KEY = randomBytes(32);
export const OTHER_KEY = randomBytes(32);
export const ROTATED_KEY = randomBytes(32);

/** How a scheme signs, written down once more beside the receivers' own reading of it. */
interface Signing {
  env: Record<string, string>;
  /** Headers of a delivery. `keys`: one signature with each. */
  headers(parts: {
    id: string;
    atS: number;
    body: string;
    keys: readonly Buffer[];
    hash?: string | undefined;
  }): Record<string, string>;
  severalSignatures: boolean;
  timed: boolean;
  takesFuture: boolean;
}

const hmac = (key: Buffer | string, content: string, encoding: 'hex' | 'base64', hash = 'sha256') =>
  createHmac(hash, key).update(content).digest(encoding);
const textOf = (key: Buffer) => key.toString('hex');
// Two blanks: what stands between them is no secret.
const secretsOf = (write: (key: Buffer) => string) => [KEY, ROTATED_KEY].map(write).join('  ');

const standard = (prefix: string): Signing => ({
  env: { WEBHOOK_SECRET: secretsOf((key) => `whsec_${key.toString('base64')}`) },
  headers: ({ id, atS, body, keys, hash }) => ({
    [`${prefix}-id`]: id,
    [`${prefix}-timestamp`]: String(atS),
    [`${prefix}-signature`]: keys.map((key) => `v1,${hmac(key, `${id}.${atS}.${body}`, 'base64', hash)}`).join(' '),
  }),
  severalSignatures: true,
  timed: true,
  takesFuture: false,
});

const bare = (encoding: 'hex' | 'base64', of: (signature: string, id: string) => Record<string, string>): Signing => ({
  env: { WEBHOOK_SECRET: secretsOf(textOf) },
  headers: ({ id, body, keys: [key = KEY] }) => of(hmac(textOf(key), body, encoding), id),
  severalSignatures: false,
  timed: false,
  takesFuture: true,
});

export const SIGNINGS = {
  standard: standard('webhook'),
  svix: standard('svix'),
  stripe: {
    ...bare('hex', () => ({})),
    headers: ({ atS, body, keys }) => ({
      'stripe-signature': [`t=${atS}`, ...keys.map((key) => `v1=${hmac(textOf(key), `${atS}.${body}`, 'hex')}`)].join(),
    }),
    severalSignatures: true,
    timed: true,
  },
  github: bare('hex', (signature, id) => ({
    'x-hub-signature-256': `sha256=${signature}`,
    'x-github-delivery': id,
    'x-github-event': 'order.completed',
  })),
  shopify: bare('base64', (signature, id) => ({
    'x-shopify-hmac-sha256': signature,
    'x-shopify-webhook-id': id,
    'x-shopify-topic': 'order.completed',
  })),
  'hmac-hex': bare('hex', (signature) => ({ 'x-webhook-signature': signature })),
  'hmac-base64': bare('base64', (signature) => ({ 'x-webhook-signature': signature })),
} as const satisfies Record<string, Signing>;
export type SigningName = keyof typeof SIGNINGS;

export interface Parts {
  id?: string;
  /** Members of the event over the usual ones. */
  event?: Record<string, unknown>;
  /** As text, in place of those. */
  body?: string;
  /** What is sent in place of what was signed. */
  sentBody?: string;
  /** From now. */
  ageS?: number;
  keys?: readonly Buffer[];
  hash?: string;
  /** Of those that the scheme adds, what is sent. */
  alter?(headers: Record<string, string>): Record<string, string>;
  method?: 'GET' | 'POST';
}

export interface Answer {
  id: string;
  status: number;
  tookMs: number;
}

export interface RunningReceiver {
  deliver(parts?: Parts): Promise<Answer>;
  /** Ids, in order. */
  effects(): Promise<string[]>;
  /** The same, when all that was delivered before has been worked on. */
  settled(): Promise<string[]>;
  status(object: string): Promise<unknown>;
  output(): string;
  kill(): Promise<void>;
}

let count = 0;
/** An id that no event had before. */
export function fresh(): string {
  count += 1;
  return `evt_${count}`;
}

/** Starts it over a folder of state, or over one that an earlier one left. */
export async function startReceiver(
  name: ReceiverName,
  { scheme = 'standard', folder, env = {} }: { scheme?: SigningName; folder: string; env?: Record<string, string> },
): Promise<RunningReceiver> {
  const signing: Signing = SIGNINGS[scheme];
  const port = await freePort();
  const agent = new Agent({ keepAlive: true });
  const [program = '', ...words] = receiverCommand(name, ROOT);
  const running = await startProgram(words, {
    program,
    env: { PORT: String(port), WEBHOOK_SCHEME: scheme, STATE_DIR: folder, ...signing.env, ...env },
    ready: async () => (await effects()).length >= 0,
  });

  async function deliver({ id = fresh(), ageS = 0, keys = [KEY], ...parts }: Parts = {}): Promise<Answer> {
    const atS = Math.floor(Date.now() / 1000) - ageS;
    const event = { id, type: 'order.completed', created: atS, data: { id: `obj_${id}`, status: 'completed' } };
    const body = parts.body ?? JSON.stringify({ ...event, ...parts.event });
    const signed = signing.headers({ id, atS, body, keys, hash: parts.hash });
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      ...(parts.alter?.(signed) ?? signed),
    };
    const method = parts.method ?? 'POST';
    const begunAtMs = performance.now();
    const { status } = await send(
      method,
      '/webhooks',
      headers,
      method === 'GET' ? undefined : (parts.sentBody ?? body),
    );
    return { id: headers['webhook-id'] ?? id, status, tookMs: performance.now() - begunAtMs };
  }

  function send(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const outgoing = request({ agent, host: '127.0.0.1', port, path, method, headers }, async (answer) => {
        try {
          const text = Buffer.concat(await answer.toArray()).toString();
          resolve({ status: answer.statusCode ?? 0, text });
        } catch (error) {
          reject(error);
        }
      });
      // Bytes: a text would have the headers written in its encoding.
      outgoing.on('error', reject).end(body === undefined ? undefined : Buffer.from(body));
    });
  }

  async function read(path: string): Promise<Record<string, unknown>> {
    return JSON.parse((await send('GET', path)).text) as Record<string, unknown>;
  }

  async function effects(): Promise<string[]> {
    const { count, ids } = (await read('/effects')) as { count: number; ids: string[] };
    if (count !== ids.length) throw new Error(`found ${count} effects, and ${ids.length} ids`);
    return ids;
  }

  return {
    deliver,
    effects,
    async settled() {
      const { id } = await deliver();
      for (const giveUpAtMs = performance.now() + PATIENCE_MS; performance.now() < giveUpAtMs; await sleep(LOOK_MS)) {
        const ids = await effects();
        // Its line in the log comes another way than the answer.
        if (ids.includes(id) && running.output().includes(`"${id}"`)) return ids.filter((one) => one !== id);
      }
      throw new Error(`${name}: a good event has no effect: ${running.output().slice(-500)}`);
    },
    status: async (object) => (await read(`/status?object=${object}`)).status,
    output: running.output,
    async kill() {
      await running.stop();
      agent.destroy();
    },
  };
}

export function stateFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'golive-receiver-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
