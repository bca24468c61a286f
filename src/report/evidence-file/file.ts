// Evidence on disk: what `run --evidence` writes and `judge` reads. Exchanges are stored once and referred to by id.
import type { KeyObject } from 'node:crypto';
import type { Severity } from '../../checks/severity.js';
import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import type { GatheredMap } from '../../evidence/map.js';
import type { Report } from '../schema.js';
import { jsonText } from '../text/sanitize.js';
import { digestOfFile, type Manifest } from './manifest.js';
import { signDigest } from './signature.js';

export interface TargetEvidenceFile {
  run: Omit<Report['run'], 'failOn'>;
  target: Report['target'];
  /** Digest of the config in force; null: not known. Kept in the manifest. */
  config: string | null;
  contract: Contract;
  checks: Record<string, Severity>;
  waivers: { check: string; reason: string; by: string; until: string }[];
  /** Checks that the config switches off, where it does so. */
  off?: string[] | undefined;
  traffic: { requests: number; writes: number; created: string[] };
  exchanges: readonly Exchange[];
  evidence: GatheredMap;
}

export interface EvidenceFile {
  schemaVersion: 1;
  tool: Manifest['tool'];
  targets: TargetEvidenceFile[];
}

/** @param key a private Ed25519 key, to sign it */
export function writeEvidence({ schemaVersion, tool, ...file }: EvidenceFile, key: KeyObject | null = null): string {
  const targets = file.targets.map(({ config: _, ...one }) => {
    const known = new Set(one.exchanges);
    const plain = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (known.has(value as Exchange)) return { exchange: (value as Exchange).id };
      if (Array.isArray(value)) return value.map(plain);
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
    };
    return { ...one, evidence: plain(one.evidence) };
  });
  const facts = {
    tool,
    targets: file.targets.map(({ target, config, checks }) => ({
      name: target.name,
      config,
      checks: Object.keys(checks),
    })),
  };
  const digest = digestOfFile({ schemaVersion, manifest: facts, targets });
  const manifest: Manifest = { ...facts, digest, ...(key === null ? {} : { signature: signDigest(digest, key) }) };
  return jsonText({ schemaVersion, manifest, targets }, 1);
}
