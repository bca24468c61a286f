// A run against receivers of a user's own making, in-process.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { main } from '../../src/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'golive-receiver-run-'));
const closing: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Takes every event, and works once for each object: an event about one that it knows has no effect. */
async function receiverByObject(): Promise<string> {
  const objects = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST') objects.add(JSON.parse(Buffer.concat(chunks).toString()).data.id);
      response.end(String(objects.size));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}

async function run(url: string, object: string): Promise<{ code: number; stdout: string }> {
  const file = join(folder, 'golive-check.json');
  const webhook = {
    url,
    secret: '${HOOK_SECRET}',
    event: { id: 'evt_{{unique}}', type: 'order.paid', data: { id: object } },
    effect: { url },
    settleMs: 200,
  };
  writeFileSync(file, JSON.stringify({ contract: { webhook: { scheme: 'github' } }, webhook }));
  vi.stubEnv('HOOK_SECRET', 'the-secret-of-a-test');
  let stdout = '';
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.spyOn(process.stdout, 'write').mockImplementation(((text: string, done?: () => void) => {
    stdout += text;
    done?.();
    return true;
  }) as typeof process.stdout.write);
  const code = await main(['run', '-c', file, '--only', 'accepts-signed-events', '--quiet']);
  return { code, stdout: stdout.replace(/\s+/g, ' ') };
}

it('a sample event that is always about the same thing leaves effects open, and says what to write', async () => {
  const { code, stdout } = await run(await receiverByObject(), 'ord_1');
  expect(code).toBe(3);
  expect(stdout).toContain('a second good event had not as many effects as the first; {{unique}} in webhook.event');
});

it('one that is about something new each time is judged', async () => {
  expect((await run(await receiverByObject(), 'ord_{{unique}}')).code).toBe(0);
});
