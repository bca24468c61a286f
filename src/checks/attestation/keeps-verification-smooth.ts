import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'keeps-verification-smooth',
  topic: 'User experience',
  title: 'Identity verification is easy to pass',
  why: 'Verification is where most users give up: an upload that fails, a form that forgets what was entered.',
  fix: 'Walk through it on a phone with a slow network, keep what was entered, and say what is wrong with a document.',
  refs: ['https://docs.killb.com/guides/users/kyc-levels'],
  question: 'Did somebody other than the author go through identity verification on a phone, and pass without help?',
  shownBy: 'the notes of that walk-through, or the rate of users who complete it',
});
