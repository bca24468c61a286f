// Ids under `attestations`.
import { CHECKS } from '../checks/index.js';
import type { Check } from '../checks/verdict.js';
import { didYouMean } from './issues.js';
import { quoted } from './shown.js';

export function attestationOf(id: string): Check | undefined {
  return CHECKS.find((check) => check.id === id && check.kind === 'attestation');
}

/** Why nobody can state it; null: it can be stated. */
export function problemWithStatement(id: string): string | null {
  const check = CHECKS.find((one) => one.id === id);
  if (check?.kind === 'attestation') return null;
  const known = CHECKS.filter(({ kind }) => kind === 'attestation').map((one) => one.id);
  return check === undefined
    ? `found ${quoted(id)}; expected the id of an attestation, as golive-check list prints them${didYouMean(id, known)}`
    : `found ${quoted(id)}, a check of the kind ${check.kind}; expected the id of an attestation: nobody has to state what golive-check sees for itself`;
}

/** Why no drill can show it; null: one can. */
export function problemWithDrill(id: string): string | null {
  const known = CHECKS.filter(({ attestation }) => attestation?.drill !== undefined).map((one) => one.id);
  return known.includes(id) ? null : `found a drill; expected none: one shows ${known.join(', ')} alone`;
}
