// A pattern of code: which language, and an example that it must find beside one that it must not.
import type { CodeTopic } from '../../evidence/source.js';

export const LANGUAGES = {
  js: /\.(?:[cm]?[jt]sx?|vue|svelte)$/,
  python: /\.py$/,
  go: /\.go$/,
  java: /\.(?:java|kt|kts|scala)$/,
  php: /\.php$/,
  ruby: /\.rb$/,
  csharp: /\.cs$/,
  shell: /\.(?:sh|bash|zsh)$|(?:^|\/)(?:Dockerfile|Makefile)$/,
  settings: /\.(?:ya?ml|json|toml|ini|properties|env|xml|html)$|(?:^|\/)\.env[^/]*$/,
} as const;

export type Language = keyof typeof LANGUAGES;

export interface CodePattern {
  topic: CodeTopic;
  /** What stands there, as a phrase. */
  rule: string;
  languages: readonly Language[];
  /** No match without one of these. */
  words: readonly string[];
  /** Global; of one line. */
  pattern: RegExp;
  /** What a match must hold, and must not. */
  only?: RegExp;
  /** Words of which one must stand in the same file. */
  beside?: readonly string[];
  except?: RegExp;
  example: string;
  /** Looks like it, and is none. */
  innocent: string;
}

export function languageOf(path: string): Language | null {
  const [found] = Object.entries(LANGUAGES).find(([, ending]) => ending.test(path)) ?? [];
  return (found as Language | undefined) ?? null;
}
