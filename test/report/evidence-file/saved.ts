// A small file of evidence in which every check passes, cut from the saved runs of fixtures/evidence.

import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Severity } from '../../../src/checks/severity.js';
import type { RunFlags } from '../../../src/cli/flags.js';
import type { Exchange } from '../../../src/evidence/exchange.js';
import type { EvidenceKey, GatheredMap } from '../../../src/evidence/map.js';
import { judgeSaved } from '../../../src/judge-saved.js';
import { evidenceFile } from '../../../src/pipeline.js';
import { type TargetEvidenceFile, writeEvidence } from '../../../src/report/evidence-file/file.js';
import { readEvidence } from '../../../src/report/evidence-file/read.js';
import { version } from '../../../src/version.js';

const CHECKS: Record<string, Severity> = {
  'accepts-valid-key': 'blocker',
  'rejects-missing-key': 'blocker',
  'replays-first-response': 'blocker',
  'sends-request-id': 'major',
  'survives-lost-response': 'blocker',
};
const OF_ENDPOINT: readonly EvidenceKey[] = [
  'endpoint.target',
  'endpoint.authenticated',
  'endpoint.unauthenticated',
  'endpoint.replay',
];
const OF_CLIENT: readonly EvidenceKey[] = ['client.control', 'client.lost-response'];

function targetOf(name: string): TargetEvidenceFile {
  const path = fileURLToPath(new URL(`../../../fixtures/evidence/${name}.json`, import.meta.url));
  const [target] = readEvidence(readFileSync(path, 'utf8'), name, version).targets;
  if (target === undefined) throw new Error(`${name}: no target`);
  return target;
}

function kept(evidence: GatheredMap, keys: readonly EvidenceKey[]): GatheredMap {
  return Object.fromEntries(keys.map((key) => [key, evidence[key]]));
}

/** One target that ends in GO: some 40 kB. */
export function smallTarget(): TargetEvidenceFile {
  const endpoint = targetOf('three-defects');
  const own = kept(endpoint.evidence, OF_ENDPOINT);
  const text = JSON.stringify(own);
  const exchanges: Exchange[] = endpoint.exchanges.filter((one) => text.includes(`"id":"${one.id}","`));
  const traffic: GatheredMap = { 'endpoint.traffic': { ok: true, value: { exchanges, lateMs: {} } } };
  const client = kept(targetOf('client-waits-milliseconds').evidence, OF_CLIENT);
  return { ...endpoint, exchanges, checks: CHECKS, evidence: { ...own, ...traffic, ...client } };
}

export function smallFile(): string {
  return writeEvidence(evidenceFile([smallTarget()]));
}

/** As the command judges a file with this text. */
export function judgeText(text: string, path: string, failOn: RunFlags['failOn'], key: KeyObject | null) {
  return judgeSaved(readEvidence(text, path, version), path, failOn, key);
}
