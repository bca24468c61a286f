import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'tests-all-flows',
  topic: 'Operations',
  title: 'Every flow was tried in the sandbox, edge cases among them',
  why: 'A flow that was never tried fails for the first time with real money.',
  fix: 'List all flows with their edge cases (smallest and largest amounts, cancelled, expired, twice), and try each in the sandbox.',
  refs: ['https://docs.killb.com'],
  question: 'Was every flow tried in the sandbox from end to end, edge cases among them?',
  shownBy: 'the test report or the list of flows, with the date and the result of each',
});
