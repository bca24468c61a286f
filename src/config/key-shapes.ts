// How secret keys of well-known vendors begin, each with enough tail to be a real one.
const KEY_SHAPES: readonly RegExp[] = [
  /\b[rsw]k_(live|test)_[A-Za-z0-9]{8,}/,
  /\bwhsec_[A-Za-z0-9+/=]{16,}/,
  /\b(ghp|gho|ghs|ghu|github_pat)_[A-Za-z0-9_]{20,}/,
  /\bglpat-[A-Za-z0-9_-]{16,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bAIza[0-9A-Za-z_-]{30,}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/,
  /\b(wg|xx)[A-Za-z0-9]{4,}\.[A-Za-z0-9_-]{16,}/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(Bearer|Basic)\s+[A-Za-z0-9+/_.=-]{12,}/,
];

export function looksLikeKey(text: string): boolean {
  return KEY_SHAPES.some((shape) => shape.test(text));
}

/** The text with an ellipsis in place of each key. */
export function withoutKeys(text: string): string {
  return KEY_SHAPES.reduce((rest, shape) => rest.replace(new RegExp(shape.source, `${shape.flags}g`), '…'), text);
}
