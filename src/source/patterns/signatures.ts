import type { CodePattern } from './define.js';

const UNSAFE = 'unsafe-comparison';
const SAFE = 'safe-comparison';

const WORDS = ['ignature', 'IGNATURE', 'hmac', 'Hmac', 'HMAC'];
// The last name on one side: a member of a signature is something else.
const OF_SIGNATURES =
  /(?:[sS]ignature|\b[hH]mac|[a-z]Hmac)(?:[A-Z_]\w{0,40})?(?:\(\))?(?:\s{0,4}[!=]=|\)?$)|(?:[sS]ignature|[hH]mac)\.[eE]quals/;
// Where nothing is signed, two signatures may be compared for other reasons.
const SIGNS = ['mac', 'MAC', 'createSign', 'subtle.sign'];
// Whether there is one, of which kind or length it is.
const NO_COMPARISON =
  /[!=]=\s{0,4}(?:undefined|null|None|nil|NULL|true|false|True|False|\d)|\b(?:undefined|null|None|nil|NULL|true|false)\s{0,4}[!=]=|length|Length|len\b|[tT]ype|[vV]ersion|[aA]lgorithm|[nN]ame\b/;

/** Signatures that are compared so that the time tells how much of one was right, and those that are not. */
export const SIGNATURES: readonly CodePattern[] = [
  {
    topic: UNSAFE,
    rule: 'a signature beside == or ===',
    languages: ['js', 'python', 'go', 'java', 'php', 'ruby', 'csharp'],
    words: WORDS,
    pattern: /[\w$.]{1,80}(?:\([^()\n]{0,80}\))?\s{0,4}[!=]==?\s{0,4}[\w$.]{1,80}/g,
    only: OF_SIGNATURES,
    beside: SIGNS,
    except: NO_COMPARISON,
    example: 'expected = hmac(body); if (signature === expected) accept();',
    innocent:
      'hmac(body); if (signature === undefined || expectedSignature.length !== 64 || signature.key === own) refuse();',
  },
  {
    topic: UNSAFE,
    rule: 'a signature in equals()',
    languages: ['java', 'csharp'],
    words: WORDS,
    pattern: /\b\w{1,80}\.[eE]quals(?:IgnoreCase)?\(\w{1,80}\)/g,
    only: OF_SIGNATURES,
    beside: SIGNS,
    example: 'expected = mac.doFinal(body); if (expected.equals(signature)) accept();',
    innocent: 'if (MessageDigest.isEqual(expected, signature)) accept();',
  },
  {
    topic: SAFE,
    rule: 'a comparison in constant time',
    languages: ['js', 'python', 'go', 'java', 'php', 'ruby', 'csharp'],
    words: [
      ...['timingSafeEqual', 'compare_digest', 'hmac.Equal', 'ConstantTimeCompare', 'MessageDigest.isEqual'],
      ...['hash_equals', 'secure_compare', 'FixedTimeEquals'],
    ],
    pattern:
      /\b(?:timingSafeEqual|compare_digest|hmac\.Equal|ConstantTimeCompare|MessageDigest\.isEqual|hash_equals|(?:fixed_length_)?secure_compare|FixedTimeEquals)\(/g,
    example: 'crypto.timingSafeEqual(a, b)',
    innocent: 'import { timingSafeEqual } from "node:crypto";',
  },
  {
    topic: SAFE,
    rule: "a provider's own verifier",
    languages: ['js', 'python', 'go', 'java', 'php', 'ruby', 'csharp'],
    words: ['constructEvent', 'construct_event', 'ConstructEvent', 'standardwebhooks', 'svix', 'webhooks-methods'],
    pattern:
      /\b(?:constructEvent(?:Async)?|construct_event|ConstructEvent)\(|['"](?:standardwebhooks|svix|@octokit\/webhooks-methods)['"]|\bfrom (?:standardwebhooks|svix)\b/g,
    example: 'stripe.webhooks.constructEvent(body, signature, secret)',
    innocent: 'const constructEvent = 1;',
  },
];
