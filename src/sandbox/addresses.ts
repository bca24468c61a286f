// The sandbox's allow list: addresses of loopback, which stand for those of the internet.
import { createServer } from 'node:net';
import { Refusal } from './problems.js';
import type { Call, World } from './world.js';

export const LISTED = ['127.0.0.1', '127.0.0.2'] as const;
export const UNLISTED = '127.0.0.3';

export function requireListedAddress(world: World, call: Call): void {
  if (world.has('admits-any-address')) return;
  const from = (world.has('believes-forwarding-headers') ? claimed(call) : undefined) ?? call.remoteAddress;
  const listed: readonly string[] = world.has('forgets-a-listed-address') ? LISTED.slice(0, 1) : LISTED;
  if (!listed.includes(from)) throw new Refusal('address_not_listed', 'This address is not on your allow list.');
}

function claimed(call: Call): string | undefined {
  return (
    call.header('x-forwarded-for')?.split(',', 1)[0]?.trim() ??
    /\bfor="?([^";,]+)/i.exec(call.header('forwarded') ?? '')?.[1] ??
    call.header('x-real-ip') ??
    call.header('cf-connecting-ip')
  );
}

/** Not every system has the whole of 127.0.0.0/8 on loopback. */
export function hasLoopbackAddresses(): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, UNLISTED, () => server.close(() => resolve(true)));
  });
}
