// Names of resources, and where they stand in calls and answers.
import type { Exchange } from '../../evidence/exchange.js';

/** Longer ones do not stand in an answer by chance. */
export const SHORT = 3;

/** By itself: digits of an id may be a part of any longer number. A path may follow the origin that it belongs to. */
export function standsIn(text: string, name: string): boolean {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const before = name.startsWith('/') ? '' : '(?<![A-Za-z0-9_-])';
  return new RegExp(`${before}${literal}(?![A-Za-z0-9_-])`).test(text);
}

/** A name out of the call itself, as of a client that makes its own ids: its repeat has it without any leak. */
export function isChosen({ request }: Exchange, name: string): boolean {
  const given = name.split('/').at(-1) ?? name;
  const sent = [request.url, request.body?.text ?? '', request.idempotencyKey ?? ''].join('\n');
  return given.length > SHORT && standsIn(sent, given);
}
