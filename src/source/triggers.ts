// The words without which no rule of secretlint finds anything, and what must stand around each. One that is missing here
// would hide what its rule finds: test/source/triggers.test.ts shows an example of every rule.

export interface Trigger {
  word: string;
  /** Whether a secret may stand there; `end` is the end of the word. */
  fits(bytes: Uint8Array, end: number): boolean;
  /** How many bytes behind the word the rule reads; default: WINDOW. */
  reach?: number;
}

/** Before a word, and behind it: more than any rule takes, but for a private key. */
export const BEFORE = 600;
export const WINDOW = 2_048;
const KEY_FILE = 12_288;

const always = () => true;
const isWord = (byte: number) =>
  (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95;
const isLong = (least: number) => (bytes: Uint8Array, end: number) => {
  for (let at = end; at < end + least; at += 1) if (!isWord(bytes[at] ?? 0)) return false;
  return true;
};

const AT = 64;
const COLON = 58;
const SLASH = 47;
const LONGEST_USER = 700;

/** "user:password@" behind "://", or the address of a Slack webhook. */
function hasUser(bytes: Uint8Array, end: number): boolean {
  let hasColon = false;
  for (let at = end; at < end + LONGEST_USER; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === AT) return hasColon;
    if (byte <= 32 || byte === SLASH) return isSlack(bytes, end);
    if (byte === COLON) hasColon = true;
  }
  return false;
}

const SLACK = 'hooks.slack.com/services/';

function isSlack(bytes: Uint8Array, end: number): boolean {
  for (let at = 0; at < SLACK.length; at += 1)
    if (String.fromCharCode(bytes[end + at] ?? 0).toLowerCase() !== SLACK[at]) return false;
  return true;
}

const together = (...parts: readonly (readonly string[])[]): string[] =>
  parts.reduce<string[]>((all, part) => all.flatMap((one) => part.map((next) => one + next)), ['']);

const AWS = together(
  ['SECRET', 'secret', 'Secret'],
  ['_', ''],
  ['ACCESS', 'access', 'Access'],
  ['_', ''],
  ['KEY', 'key', 'Key'],
);
const SLACK_TOKENS = ['xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-'];
const GITHUB = ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'];
const SHOPIFY = ['shppa_', 'shpca_', 'shpat_', 'shpss_'];

export const TRIGGERS: readonly Trigger[] = [
  ...AWS.map((word) => ({ word, fits: always })),
  { word: 'PRIVATE KEY', fits: always, reach: KEY_FILE },
  { word: '://', fits: hasUser },
  { word: ':x-oauth-basic@', fits: always },
  { word: '_authToken=', fits: (bytes, end) => (bytes[end] ?? 0) > 32 && bytes[end] !== 36 },
  { word: 'npm_', fits: isLong(36) },
  ...SLACK_TOKENS.map((word) => ({ word, fits: isLong(1) })),
  { word: 'SG.', fits: isLong(1) },
  ...SHOPIFY.map((word) => ({ word, fits: isLong(32) })),
  ...GITHUB.map((word) => ({ word, fits: isLong(36) })),
  { word: 'github_pat_', fits: isLong(82) },
  { word: 'T3BlbkFJ', fits: isLong(1) },
  { word: 'sk-ant-api0', fits: isLong(1) },
  { word: 'lin_api_', fits: isLong(32) },
  { word: 'ops_ey', fits: isLong(1) },
];
