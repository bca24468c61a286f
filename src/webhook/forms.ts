// JSON as other writers than JSON.stringify write it: the same event, in other bytes.
import { neighbour } from './event.js';

type Members = Readonly<Record<string, unknown>>;

/** Its name for members that no provider sends. */
export const OWN_MEMBER = 'golive_check';

/** Tabs, blanks and line breaks of every kind. */
export function spaced(event: Members): string {
  return JSON.stringify(event, null, '\t ').replaceAll('\n', ' \r\n');
}

/** The members of every map, last one first. */
export function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}

/** The last letter of every text as \u0065, and every slash as \/. */
export function escaped(event: Members): string {
  return JSON.stringify(event)
    .replace(/(?<!\\|\\u[\da-f]{3})[a-z](?=")/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}

/** With one more member, of which `json` is the value as it stands in the body. */
export function withMember(event: Members, json: string, name = OWN_MEMBER): string {
  const body = JSON.stringify(event);
  return `${body.slice(0, -1)}${body === '{}' ? '' : ','}${JSON.stringify(name)}:${json}}`;
}

/** One byte is another: the last letter or digit of a value, so that it still is JSON. `isFit`: what must not change. */
export function oneByteOff(body: string, isFit: (flipped: string) => boolean): string {
  const places = [...body.matchAll(/[a-z\d](?="?[,}\]])/g)].map(({ index }) => index).toReversed();
  const flipped = [...places, body.length - 1].map(
    (at) => `${body.slice(0, at)}${flip(body[at] ?? '')}${body.slice(at + 1)}`,
  );
  return flipped.find(isFit) ?? flipped[0] ?? body;
}

function flip(character: string): string {
  return character === '}' ? ']' : neighbour(character);
}
