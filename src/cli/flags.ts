export interface RunFlags {
  config?: string;
  only?: string[];
  skip?: string[];
  format?: string[];
  json?: boolean;
  evidence?: string;
  sign?: string;
  state?: string;
  failOn: 'blocker' | 'major' | 'minor' | 'never';
  allowLiveWrites?: string;
  envFile?: string;
  seed?: number;
  concurrency: number;
  color?: boolean;
  quiet?: boolean;
  verbose?: boolean;
}
