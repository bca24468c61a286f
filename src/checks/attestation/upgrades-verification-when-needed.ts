import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'upgrades-verification-when-needed',
  topic: 'User experience',
  title: 'Verification is raised when a limit calls for it',
  why: 'A user who meets a limit and is shown no way on is a user lost, in the middle of a payment.',
  fix: 'Handle the error of a limit by leading the user to the next level, and back to the payment.',
  refs: ['https://docs.killb.com/guides/users/kyc-levels'],
  question: 'Are users who meet a limit led to the next verification level, and back to what they wanted to do?',
  shownBy: 'a recording or a test of that path',
});
