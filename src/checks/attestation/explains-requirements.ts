import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'explains-requirements',
  topic: 'User experience',
  title: 'Users are told what is required of them, and why',
  why: 'Users leave at the first document that nobody has told them about.',
  fix: 'List what is needed before the first step, and say for each piece why it is asked for.',
  refs: ['https://docs.killb.com'],
  question: 'Are users told beforehand what they have to provide, and why?',
  shownBy: 'a screenshot or the text of that page',
});
