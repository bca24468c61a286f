// Short expressions that recheck does not prove, and why. Listed on 2026-11-30.

/** It does not support these: they are attacked instead. */
export const WITH_LOOK_AHEAD: readonly RegExp[] = [/^eyJ[\w-]+\.(?=[\w-]+\.)/, /[A-Za-z][\w-]*(?=\s*=)/y];

/** What they read is ours, or short: they may take the square of its length. */
export const OF_OURS: readonly RegExp[] = [
  // Pointers of the contract.
  /^(.*?)\/\d+(\/.*)?$/,
  // A line that has been cut to the width of the terminal.
  /[\s,;:.]+$/,
  // A unique value of ours, of some 20 characters.
  /^(.*?)([0-9a-z]+)[^0-9a-z]*$/is,
  // A contract as JSON, printed by us.
  /(?<=\[)\n\s*|\n\s*(?=\])/g,
];

const LITERAL = 'a literal text, and one character on either side';
const TEMPLATE = 'a template of the config, each place of which ends at a slash or at what stands behind it';
const OF_A_CONTRACT =
  "the contract's own expression, on the user's own key or on one that fits the header of a request";

/** Made of what is known at run time alone: where, and why that cannot be made to take long. */
export const MADE_AT_RUN_TIME: Readonly<Record<string, string>> = {
  'checks/endpoint/explains-invalid-input.ts: new RegExp(`(^|[^A-Za-z0-9_])${literal}([^A-Za-z0-9_]|$)`, "i")': LITERAL,
  'checks/shared/names.ts: new RegExp(`${before}${literal}(?![A-Za-z0-9_-])`)': LITERAL,
  'lanes/output.ts: new RegExp(`(?<!${alike})${literal}(?!${alike})`)': LITERAL,
  'probes/unique-values.ts: new RegExp(`(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`)': LITERAL,
  'config/key-shapes.ts: new RegExp(shape.source, `${shape.flags}g`)': 'literals of the same file, which are proven',
  'config/schema.ts: new RegExp(`^(?:${text2})`)': 'compiled, never run',
  'checks/client/caches-reads.ts: new RegExp(`^${base}${parts.join("[^/]+")}/?$`)': TEMPLATE,
  'openapi/derive/samples.ts: new RegExp(pattern, "u")':
    "the description's own expression, on a text of ours of at most 36 characters",
  'proxy/pattern.ts: new RegExp(`^${source}/?$`)': TEMPLATE,
  'checks/client/fits-key-limits.ts: new RegExp(`^(?:${characters})*$`)': OF_A_CONTRACT,
  'redaction/keys.ts: new RegExp(`^(?:${contract.auth.publicPrefix})`)': OF_A_CONTRACT,
  'probes/idempotency-keys.ts: new RegExp(`^(?:${characters})$`)': OF_A_CONTRACT,
};
