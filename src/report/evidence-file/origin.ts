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
  const { name } = target.target;
  // Several runs of one target stand in their order.
  const run = runsOf(file.targets, name).indexOf(target);
  const own = manifest?.targets.filter((one) => one.name === name)[run];
  return {
    writtenBy: manifest?.tool.version ?? null,
    edited: editOf(file),
    missing: {
      targets: fewerIn(file.targets.map(nameOf), namesIn(manifest)),
      checks: (own?.checks ?? []).filter((id) => !Object.hasOwn(target.checks, id)),
    },
    signature: key === null ? null : proofOf(file, key),
    ...(file.unknown.length === 0 ? {} : { notRead: file.unknown }),
  };
}

const nameOf = ({ target }: TargetEvidenceFile) => target.name;
const namesIn = (manifest: SavedEvidence['manifest']) => (manifest?.targets ?? []).map(({ name }) => name);

function runsOf(targets: readonly TargetEvidenceFile[], name: string): readonly TargetEvidenceFile[] {
  return targets.filter((one) => nameOf(one) === name);
}

/** Names that stand in `some` less often than in `others`, each once. */
function fewerIn(some: readonly string[], others: readonly string[]): string[] {
  const count = (names: readonly string[], name: string) => names.filter((one) => one === name).length;
  return [...new Set(others)].filter((name) => count(some, name) < count(others, name));
}

function editOf({ manifest, digest, targets }: SavedEvidence): string | null {
  if (manifest === null) return 'it has no manifest that would show whether it was edited';
  if (manifest.digest !== digest) return `its digest is ${digest}, its manifest says ${manifest.digest}`;
  const added = fewerIn(namesIn(manifest), targets.map(nameOf));
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
