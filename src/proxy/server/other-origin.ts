import type { Server } from 'node:http';
import { listenAsLocalhost } from '../listen.js';

/** Another host name and port, which redirects point to; opened when a fault first asks for it. */
export interface OtherOrigin {
  url(): Promise<string>;
  /** Its listeners: none before it is open. */
  readonly servers: readonly Server[];
}

export function createOtherOrigin(createListener: () => Server): OtherOrigin {
  const servers: Server[] = [];
  let opening: Promise<string> | null = null;

  async function open(): Promise<string> {
    const opened = await listenAsLocalhost(createListener);
    servers.push(...opened.servers);
    return opened.origin;
  }

  return {
    servers,
    url() {
      opening ??= open();
      return opening;
    },
  };
}
