// Keys that secretlint's recommended rules do not know: of vendors that often stand in integrations, and of the contract.
import type { Contract } from '../config/schema.js';

/** A secret within a text. */
export interface Match {
  rule: string;
  secret: string;
  at: number;
  /** It is one of the config's own, whatever it looks like. */
  isOwn?: boolean;
}

interface Shape {
  rule: string;
  /** Every match begins with one of these. */
  words: readonly string[];
  pattern: RegExp;
}

const SHAPES: readonly Shape[] = [
  {
    rule: 'a Stripe key',
    words: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'],
    pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,128}\b/g,
  },
  {
    rule: 'a secret of webhook signatures',
    words: ['whsec_'],
    pattern: /\bwhsec_[A-Za-z0-9+/]{24,128}={0,2}/g,
  },
  { rule: 'a GitLab token', words: ['glpat-'], pattern: /\bglpat-[A-Za-z0-9_-]{20,128}/g },
];

/** Fewer characters behind a prefix make no key. */
const SHORTEST_REST = 16;
const LONGEST_REST = 256;
// Two letters begin many a word: then only the form "id.secret" tells a key.
const SHORTEST_PREFIX = 4;
const FEWEST_CHARACTERS = 8;

export interface OwnRules {
  /** Each match holds one of these. */
  words: readonly string[];
  matches(text: string): Match[];
}

export function ownRules(contract: Contract): OwnRules {
  const prefixes = prefixesOf(contract);
  return {
    words: [...SHAPES.flatMap(({ words }) => words), ...prefixes],
    matches(text) {
      const shaped = SHAPES.flatMap(({ rule, pattern }) =>
        [...text.matchAll(pattern)].map((match): Match => ({ rule, secret: match[0], at: match.index })),
      );
      const taken = new Set(shaped.map(({ at }) => at));
      return [...shaped, ...prefixes.flatMap((prefix) => prefixed(text, prefix)).filter(({ at }) => !taken.has(at))];
    },
  };
}

function prefixesOf({ environments, webhook }: Contract): string[] {
  const all = [
    ...(environments?.sandbox?.keyPrefixes ?? []),
    ...(environments?.live?.keyPrefixes ?? []),
    ...(webhook?.secretPrefix === undefined ? [] : [webhook.secretPrefix]),
  ];
  return [...new Set(all)].filter((prefix) => prefix.length >= 2);
}

const WORD = /[A-Za-z0-9_]/;
const REST = /[A-Za-z0-9]*/y;
const REST_OF_SECRET = /[A-Za-z0-9]{4,64}\.[A-Za-z0-9_-]*/y;

function prefixed(text: string, prefix: string): Match[] {
  const found: Match[] = [];
  const rest = prefix.length < SHORTEST_PREFIX ? REST_OF_SECRET : REST;
  for (let at = text.indexOf(prefix); at !== -1; at = text.indexOf(prefix, at + 1)) {
    if (WORD.test(text[at - 1] ?? ' ')) continue;
    rest.lastIndex = at + prefix.length;
    const [key = ''] = rest.exec(text) ?? [];
    if (isRandom(key.slice(key.indexOf('.') + 1)))
      found.push({ rule: "a key as the contract's keys begin", secret: `${prefix}${key}`, at });
  }
  return found;
}

/** Words of a programming language hold few digits, or few different characters. */
function isRandom(rest: string): boolean {
  return (
    rest.length >= SHORTEST_REST &&
    rest.length <= LONGEST_REST &&
    /\d/.test(rest) &&
    /[A-Za-z]/.test(rest) &&
    new Set(rest).size >= FEWEST_CHARACTERS
  );
}
