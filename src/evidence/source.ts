// What was read in the user's repository: places and figures, never what stands there.

/** A secret: its place, the rule that knows it, and what tells it from others without showing it. */
export interface SecretFinding {
  path: string;
  line: number;
  column: number;
  /** What it is, as a phrase: "a GitHub token", "the value of RUNA_API_KEY". */
  rule: string;
  /** The beginning of the SHA-256 of the secret. */
  fingerprint: string;
  /** Its first characters, two at most. */
  starts: string;
  /** Where it stands, when that is no ordinary code. */
  part: 'test' | 'comment' | null;
  /** Only in history: the oldest commit with it that was read, and whether it is the message that holds it. */
  commit?: string;
  inMessage?: boolean;
}

export interface SkippedFiles {
  binary: number;
  /** Links, which are not followed, and what is no file. */
  links: number;
  submodules: number;
  /** Left out by source.include and source.exclude. */
  excluded: number;
}

export interface SecretScan {
  /** Which files: those that git tracks, or all below the root where there is no repository. */
  from: 'git' | 'walk';
  /** Files, or versions of files, that were read whole. */
  read: number;
  skipped: SkippedFiles;
  /** Bounds that were met, as phrases: what lies beyond them was not read. */
  bounds: readonly string[];
  /** The first ones. */
  findings: readonly SecretFinding[];
  /** How many there are. */
  found: number;
  /** Examples and placeholders of documentation, and what .golive-check-ignore allows. */
  examples: number;
  allowed: number;
  /** Lines of .golive-check-ignore that name no fingerprint. */
  badLines: readonly number[];
  /** Made-up keys that were shown to the scanner beforehand, and how many of them it found. */
  control: { planted: number; found: number };
}

export interface HistoryScan extends SecretScan {
  commits: number;
  /** Why not all of the history is here: a shallow clone, objects elsewhere; null: it is. */
  cut: string | null;
  stashes: number;
}

/** A file of environment variables that git tracks. */
export interface EnvFile {
  path: string;
  /** Names of variables with a value, the first ones. */
  names: readonly string[];
  /** It is a file of one machine (.env, .env.local), or a variable is named like a secret. */
  isSecret: boolean;
}

export interface EnvFilesEvidence {
  /** How many files git tracks. */
  tracked: number;
  files: readonly EnvFile[];
  /** Tracked files that could not be read. */
  unread: readonly string[];
  /** Where a file of variables stands or would stand, and whether a .gitignore of the repository names it. */
  places: readonly { path: string; ignored: boolean }[];
  /** Whether one stands there, or a sample, or a manifest names what reads them. */
  used: boolean;
}

/** What is looked for in code, beside secrets. */
export const CODE_TOPICS = [
  'tls-off',
  'public-keys',
  'unsafe-comparison',
  'safe-comparison',
  'plain-urls',
  'environment-keys',
  'literal-keys',
  'sandbox',
  'tracker',
  'tracker-start',
  'message-text',
  'debug',
] as const;
export type CodeTopic = (typeof CODE_TOPICS)[number];

export interface CodePlace {
  path: string;
  line: number;
  column: number;
  /** What stands there, as a phrase. */
  rule: string;
}

export interface CodeFindings {
  /** The first ones. Comments do not count. */
  places: readonly CodePlace[];
  found: number;
  /** Those in tests. */
  inTests: readonly CodePlace[];
}

export interface CodeScan {
  from: 'git' | 'walk';
  /** Files of code and of settings that were read. */
  read: number;
  /** Those of code, by language. */
  languages: Readonly<Record<string, number>>;
  /** Files in folders of others (vendor, node_modules), and minified ones. */
  foreign: number;
  excluded: number;
  bounds: readonly string[];
  /** Hosts of the API that were looked for. */
  hosts: readonly string[];
  /** What tells the sandbox from the live API; null: the config does not say that the environment is live. */
  sandbox: readonly string[] | null;
  topics: Readonly<Record<CodeTopic, CodeFindings>>;
  /** Examples, one for each pattern, and how many of them were recognised beforehand. */
  control: { planted: number; found: number };
}
