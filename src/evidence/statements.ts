// What people state in the config, and what can be looked at of it.

export interface Statement {
  by: string;
  /** A link, or a path. */
  evidence: string;
  until: string;
  since?: string | undefined;
  note?: string | undefined;
  /** Of a path. */
  file?: StatementFile;
  /** Of a link that was opened. */
  link?: StatementLink;
  drill?: StatementDrill;
}

/** How often the text stood in what the command of a drill printed, before failures were provoked and after that. */
export type StatementDrill =
  | { before: number; after: number; waitedMs: number; provoked: string }
  | { problem: string };

export type StatementFile =
  | { found: 'nothing' | 'outside' | 'no-file' | 'empty' | 'config' }
  | { found: 'unreadable'; why: string }
  | {
      found: 'file';
      /** null: nobody asked for its age. */
      age: FileAge | null;
    };

export interface FileAge {
  /** Epoch ms. */
  changedAtMs: number;
  by: 'git' | 'file system';
  /** Why it may have been changed at another time; null: it was then. */
  doubt: string | null;
}

/** `host`: of the last answer. */
export type StatementLink = { status: number; host: string } | { problem: string };
