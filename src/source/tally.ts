// Adds up what a scan meets, file by file.
import type { SecretFinding, SecretScan, SkippedFiles } from '../evidence/source.js';
import type { Allowed } from './allowed.js';
import type { Content } from './read-file.js';
import type { Scanner } from './scanner.js';
import { shownPath } from './shown-path.js';

export interface Tally {
  skipped: SkippedFiles;
  bound(text: string): void;
  /** Whether the file was read. */
  add(path: string, content: Content, from?: Pick<SecretFinding, 'commit' | 'inMessage'>): Promise<boolean>;
  result(from: SecretScan['from'], control: SecretScan['control']): SecretScan;
}

const MOST_FINDINGS = 100;

export function createTally(scanner: Scanner, { fingerprints, badLines }: Allowed): Tally {
  const skipped: SkippedFiles = { binary: 0, links: 0, submodules: 0, excluded: 0 };
  const bounds = new Map<string, number>();
  const findings: SecretFinding[] = [];
  let read = 0;
  let found = 0;
  let examples = 0;
  let allowed = 0;
  const bound = (text: string) => void bounds.set(text, (bounds.get(text) ?? 0) + 1);
  // In history a file has many versions, and a secret in it is one: the oldest commit is read last.
  const ofHistory = new Map<string, number>();
  const keep = (one: SecretFinding) => {
    const key = `${one.path}\n${one.fingerprint}`;
    const known = one.commit === undefined ? undefined : ofHistory.get(key);
    if (known !== undefined) {
      if (known < findings.length) findings[known] = one;
      return;
    }
    if (one.commit !== undefined) ofHistory.set(key, found);
    found += 1;
    if (findings.length < MOST_FINDINGS) findings.push(one);
  };
  return {
    skipped,
    bound,
    async add(path, content, from = {}) {
      if (content.kind === 'binary') skipped.binary += 1;
      else if (content.kind === 'link') skipped.links += 1;
      else if (content.kind !== 'text') bound(UNREAD[content.kind]);
      if (content.kind !== 'text') return false;
      if (from.inMessage !== true) read += 1;
      const regions = scanner.regionsOf(content.bytes);
      if (regions.length === 0) return true;
      for (const { isExample, ...one } of await scanner.read({ path, bytes: content.bytes }, regions)) {
        if (isExample) examples += 1;
        else if (fingerprints.has(one.fingerprint)) allowed += 1;
        else keep({ path: shownPath(path), ...one, ...from });
      }
      return true;
    },
    result: (from, control) => ({
      from,
      read,
      skipped: { ...skipped },
      bounds: [...bounds].map(([text, times]) => (times === 1 ? text : `${text} (${times} times)`)),
      findings,
      found,
      examples,
      allowed,
      badLines,
      control,
    }),
  };
}

const UNREAD = {
  large: 'a file larger than 32 MiB',
  missing: 'a file that is not there',
  unreadable: 'a file that cannot be read',
} as const;
