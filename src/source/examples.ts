// What looks like a key and is none: examples of documentation, and placeholders.

/** Fingerprints of keys that providers print on their pages, so that none of them stands here. */
const EXAMPLES: ReadonlySet<string> = new Set([
  // Stripe, API reference
  '2cafc0970149a84f',
  'f2d6ca16515033e5',
  '2d1f7723aabc5c7a',
  '7e8de44ea9ecf6d5',
  // Svix
  '96ad2ccd81462a76',
  '2dd745ff991276ae',
  'ce5db258282b9663',
  // GitHub
  '3543c50b0cb9cea8',
  // Slack
  'f5375a46365089a8',
  // AWS
  '78314b11be2e5815',
]);

// A key of a real provider is longer than that, and holds none of these words but by an odd chance.
const PLACEHOLDER =
  /example|placeholder|your[-_ ]|change[-_]?me|replace[-_]?me|insert[-_]|redacted|dummy|xxxxx|\*\*\*|\.\.\.|0123456789|1234567890|abcdefghij|<[a-z_ -]+>|\$\{|\{\{/i;
const LONGEST_KEY = 200;
const FEWEST_CHARACTERS = 7;

export function isExample(secret: string, fingerprint: string): boolean {
  if (EXAMPLES.has(fingerprint)) return true;
  // A text of that length holds any short word by chance.
  if (secret.length > LONGEST_KEY) return false;
  return PLACEHOLDER.test(secret) || new Set(secret.slice(-16)).size < FEWEST_CHARACTERS;
}
