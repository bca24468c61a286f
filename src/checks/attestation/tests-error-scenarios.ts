import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'tests-error-scenarios',
  topic: 'Operations',
  title: 'The error scenarios were tried',
  why: 'The path of an error is written once and seldom run: it is where the next failure hides.',
  fix: 'Provoke each documented error in the sandbox, and look at what the user sees, what is logged, and what is retried.',
  refs: ['https://docs.killb.com/resources/error-handling'],
  question: 'Was each error that the provider documents provoked, and its handling looked at?',
  shownBy: 'the test report that names the errors and what came of them',
});
