export interface Secret {
  /** How reports call it: the environment variable it came from, else its place in the config. */
  name: string;
  value: string;
  /** Leading part that may be shown. */
  publicPrefix?: string;
  /** A credential's echo is evidence, and so is a decoy's (the deliberately wrong key); a mere value is only hidden. */
  kind: 'credential' | 'decoy' | 'value';
}

export interface Finding {
  secret: string;
  encoding: string;
}
