import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'explains-verification-benefits',
  topic: 'User experience',
  title: 'Users are told what a higher level brings',
  why: 'Nobody hands over documents without knowing what for.',
  fix: 'Show which limits and functions each level opens before you ask for documents.',
  refs: ['https://docs.killb.com/guides/users/kyc-levels'],
  question: 'Are users told what a higher verification level opens for them?',
  shownBy: 'a screenshot of the page that says it',
});
