// Examples in descriptions sometimes hold real keys. None of them may come into a config.
import { looksLikeKey } from '../../config/key-shapes.js';
import { isPlain } from '../../config/merge.js';

const SECRET_NAMES =
  /^(pass(word|wd|phrase|code)?|pwd|.*secret|.*(api|access|private|secret|signing|encryption)key|.*token|.*credentials?|authorization|otp|pin|cvv2?|cvc2?|signature)$/;
const SHORTEST_TOKEN = 20;
/** UUIDs and ULIDs name things; keys are seldom made like them. */
const IDENTIFIER = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?:\w{1,8}[-_])?[0-9A-Z]{26})$/i;

/** Whether a member of that name usually holds a secret: `clientSecret`, `card_cvc`. */
export function namesSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return SECRET_NAMES.test(words.join('')) || SECRET_NAMES.test(words.at(-1) ?? '');
}

/** Whether a text may be a key: it has the shape of one, or a part that is long and mixed as only made ones are. */
export function mayBeSecret(text: string): boolean {
  if (looksLikeKey(text)) return true;
  if (IDENTIFIER.test(text)) return false;
  return text
    .split(/[^A-Za-z0-9+=]+/)
    .some((part) => part.length >= SHORTEST_TOKEN && /\d/.test(part) && /[A-Za-z]/.test(part));
}

/** Whether a text from a description can stand in a config as it is: ${…} and {{…}} are read there. */
export function isFit(text: string, name = ''): boolean {
  return !(namesSecret(name) && text !== '') && !mayBeSecret(text) && !/\$\{|\{\{|\}\}/.test(text);
}

/** A copy of a value in which another text of the same look stands for each that cannot stand in a config. */
export function masked(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return isFit(value, name) ? value : maskOf(value);
  if (Array.isArray(value)) return value.map((one) => masked(one, name));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      key === '__proto__' || looksLikeKey(key) ? [] : [[key, masked(one, key)]],
    ),
  );
}

function maskOf(text: string): string {
  return text
    .replace(/[0-9]/g, '0')
    .replace(/[a-z${}]/g, 'x')
    .replace(/[A-Z]/g, 'X');
}
