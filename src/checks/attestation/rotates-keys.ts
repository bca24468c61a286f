import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'rotates-keys',
  topic: 'Secrets',
  title: 'Keys are rotated, and those that nobody uses are revoked',
  why: 'A key that never changes stays useful to whoever once copied it, for as long as the integration runs.',
  fix: 'Rotate the keys on a schedule and whenever somebody leaves, revoke those that nobody uses, and note when it was last done.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html'],
  question: 'Are the keys of this integration rotated on a schedule, and are keys that nobody uses revoked?',
  shownBy:
    'the rotation policy, or the record of the last rotation: its date and which keys, never the keys themselves',
});
