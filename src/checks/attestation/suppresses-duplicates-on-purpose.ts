import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'suppresses-duplicates-on-purpose',
  topic: 'Idempotency',
  title: 'Orders that share a meaningful key are duplicates on purpose',
  why: 'A key made from a customer number stops the second order as well as the repeated one, and nobody is told.',
  fix: 'Decide per operation whether a second order of the same customer is a duplicate. Where it is none, use a random key.',
  refs: ['https://help.print.one/api/idempotency'],
  question:
    'Where idempotency keys carry a meaning: is each second order that they suppress one that nobody wants? (Where all keys are random: say so.)',
  shownBy: 'the decision or the code that says how keys are made, and what they are meant to suppress',
});
