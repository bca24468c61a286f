// Receivers in the process of a test.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { ConfigInput } from '../../src/config/schema.js';

export type Receive = (request: IncomingMessage, body: string, response: ServerResponse) => void;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** The URL of a receiver; it is gone when the test is. */
export async function listen(receive: Receive): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => receive(request, Buffer.concat(chunks).toString('utf8'), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const SECRET_VARIABLE = 'TEST_HOOK_SECRET';
type Webhook = NonNullable<Exclude<ConfigInput, { targets: unknown }>['webhook']>;

/** A config of a receiver alone. */
export function configOf(webhook: Partial<Webhook> & { url: string }, scheme = 'standard'): ConfigInput {
  return {
    extends: 'none',
    name: 'hooks',
    contract: { webhook: { scheme, type: '/type' } },
    webhook: { secret: `\${${SECRET_VARIABLE}}`, settleMs: 100, patience: 2_000, ...webhook },
  } as ConfigInput;
}
