import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'shows-exact-fees',
  topic: 'User experience',
  title: 'Users see exact amounts and fees before they confirm',
  why: 'An amount that differs from what was shown is a complaint, and in many countries a breach of law.',
  fix: 'Show the amounts, the rate and every fee of the quotation before the user confirms.',
  refs: ['https://docs.killb.com'],
  question: 'Do users see the exact amounts, the rate and all fees before they confirm?',
  shownBy: 'a screenshot of the confirmation step, with the quotation that it shows',
});
