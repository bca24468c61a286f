import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'shows-processing-times',
  topic: 'User experience',
  title: 'Users are told how long processing takes',
  why: 'Who does not know that a transfer takes a day asks support after an hour, or pays twice.',
  fix: 'Say at confirmation how long processing usually takes, by payment method and country.',
  refs: ['https://docs.killb.com'],
  question: 'Are users told, before they confirm, how long processing takes?',
  shownBy: 'a screenshot of the step that says it',
});
