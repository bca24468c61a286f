import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.js';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape are read here
  json: any;
}

export interface Sending {
  /** null: no credential. */
  key?: string | null;
  headers?: OutgoingHttpHeaders;
  body?: unknown;
  agent?: Agent;
  /** Address of ours from which it leaves. */
  localAddress?: string;
}

let serial = 0;
export const unique = (what = 'key') => `${what}-${process.pid}-${++serial}`;
export const order = (reference = unique('ref')) => ({ reference, amount: 1200, currency: 'EUR' });

export async function started(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export function keepAlive(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  onTestFinished(() => agent.destroy());
  return agent;
}

export function send(sandbox: Sandbox, method: string, path: string, sending: Sending = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = open(sandbox, method, path, sending);
    outgoing.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject).on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = /json/.test(response.headers['content-type'] ?? '') && text !== '';
        const json = isJson ? JSON.parse(text) : null;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
    });
  });
}

function open(sandbox: Sandbox, method: string, path: string, sending: Sending) {
  const { key = sandbox.keys.key, body, agent, localAddress } = sending;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers: OutgoingHttpHeaders = {
    ...(key !== null && { Authorization: `Bearer ${key}` }),
    ...(text !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
    ...sending.headers,
  };
  const options = { method, headers, ...(agent ? { agent } : {}), ...(localAddress ? { localAddress } : {}) };
  return request(`${sandbox.url}${path}`, options).end(text);
}

export function create(sandbox: Sandbox, body: unknown, idempotencyKey: string | null, sending: Sending = {}) {
  const headers = { ...(idempotencyKey !== null && { 'Idempotency-Key': idempotencyKey }), ...sending.headers };
  return send(sandbox, 'POST', '/orders', { ...sending, headers, body });
}

export async function count(sandbox: Sandbox, reference: string): Promise<number> {
  return (await send(sandbox, 'GET', `/orders?reference=${reference}`)).json.total;
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (await holds()) return;
    await wait(2);
  }
  throw new Error('waited in vain');
}

/** Sends a whole create and hangs up at once, before any answer. Returns when the order has been made all the same. */
export async function createAndHangUp(sandbox: Sandbox, body: { reference: string }, key: string): Promise<void> {
  const outgoing = open(sandbox, 'POST', '/orders', { headers: { 'Idempotency-Key': key }, body });
  outgoing.on('error', () => undefined).on('finish', () => outgoing.destroy());
  await until(async () => (await count(sandbox, body.reference)) > 0);
}

/** What comes back for these bytes until the server closes. */
export function sendRaw(sandbox: Sandbox, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(sandbox.port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()));
  });
}
