// Where saved evidence comes from, and whether it is still what was written.
import type { KeyObject } from 'node:crypto';
import type { SavedFacts } from '../schema.js';
import type { TargetEvidenceFile } from './file.js';
import type { SavedEvidence } from './read.js';
import { fingerprintOf, isSignedBy } from './signature.js';

/** @param key a public Ed25519 key that must prove the evidence; null: nobody asks for a proof */
export function originOf(
  file: SavedEvidence,
  target: TargetEvidenceFile,
  key: KeyObject | null,
): Omit<SavedFacts, 'unknown'> {
  const { manifest } = file;
  const names = new Set(file.targets.map((one) => one.target.name));
  const own = manifest?.targets.find(({ name }) => name === target.target.name);
  return {
    writtenBy: manifest?.tool.version ?? null,
    edited: editOf(file),
    missing: {
      targets: (manifest?.targets ?? []).map(({ name }) => name).filter((name) => !names.has(name)),
      checks: (own?.checks ?? []).filter((id) => !Object.hasOwn(target.checks, id)),
    },
    signature: key === null ? null : proofOf(file, key),
    ...(file.unknown.length === 0 ? {} : { notRead: file.unknown }),
  };
}

function editOf({ manifest, digest, targets }: SavedEvidence): string | null {
  if (manifest === null) return 'it has no manifest that would show whether it was edited';
  if (manifest.digest !== digest) return `its digest is ${digest}, its manifest says ${manifest.digest}`;
  const named = new Set(manifest.targets.map(({ name }) => name));
  const added = targets.map((one) => one.target.name).filter((name) => !named.has(name));
  return added.length === 0 ? null : `its manifest does not name the target ${added.join(', ')}`;
}

function proofOf({ manifest, digest }: SavedEvidence, key: KeyObject): NonNullable<SavedFacts['signature']> {
  const own = fingerprintOf(key);
  const signature = manifest?.signature;
  if (signature === undefined) return { holds: false, because: 'the evidence is not signed' };
  if (isSignedBy(key, digest, signature))
    return { holds: true, because: `signed by the key ${own}, and unchanged since` };
  if (signature.key !== own)
    return {
      holds: false,
      because: `the evidence is signed by another key (${signature.key}) than the given one (${own})`,
    };
  return { holds: false, because: `the signature of the key ${own} is not one of this evidence: it was edited since` };
}
