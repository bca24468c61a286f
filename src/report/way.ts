import type { Way } from '../evidence/exchange.js';

/** By which way a call goes, in words; null where it is the usual one. */
export function wayText(way: Way | undefined): string | null {
  switch (way?.kind) {
    case 'plain':
      return 'over plain HTTP';
    case 'tls':
      return `over TLS 1.${way.version === 'TLSv1' ? 0 : 1} only`;
    case 'egress':
      return `from ${way.name} (${way.via})`;
    default:
      return null;
  }
}
