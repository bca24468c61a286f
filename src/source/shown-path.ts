// A path as it may be stored and printed: its name is chosen by whoever wrote the repository.
import { withoutKeys } from '../config/key-shapes.js';

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu;
const LONGEST = 300;

export function shownPath(path: string): string {
  const plain = path.replace(HIDDEN, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
  return withoutKeys(plain.length > LONGEST ? `…${plain.slice(-LONGEST)}` : plain);
}
