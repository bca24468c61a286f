// What a reading of the user's repository may use.
import type { ResolvedTarget } from '../config/load.js';
import type { Source } from '../config/schema.js';
import type { SecretScan } from '../evidence/source.js';
import type { Allowed } from './allowed.js';
import type { Repository } from './git.js';
import type { Content } from './read-file.js';
import type { Scanner } from './scanner.js';

export interface SourceContext {
  target: ResolvedTarget;
  source: Source;
  /** The folder that is read, and where it stands in its repository: '' for all of it. */
  root: string;
  scope: string;
  /** null: the folder stands in none. */
  repository: Repository | null;
  /** A file below the root. */
  read(path: string): Content;
  /** Whether source.include and source.exclude leave a path in. */
  isWanted(path: string): boolean;
  /** The scanner, proven on made-up keys. */
  secrets(): Promise<Secrets>;
  /** Whether there is time for more; lets others have their turn. Throws NoEvidence where the run is interrupted. */
  hasTime(): Promise<boolean>;
  /** For the progress. */
  met(files: number): void;
  signal: AbortSignal;
}

export interface Secrets {
  scanner: Scanner;
  allowed: Allowed;
  control: SecretScan['control'];
}
