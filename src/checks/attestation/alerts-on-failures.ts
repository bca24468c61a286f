import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'alerts-on-failures',
  topic: 'Operations',
  title: 'Failures raise an alert that reaches a person',
  why: 'What nobody is told of is found by users, or at the end of the month.',
  fix: 'Alert on the failure rate, on events that stay away and on a queue that grows, and try once that the alert arrives.',
  refs: ['https://sre.google/sre-book/monitoring-distributed-systems/'],
  question: 'Does a failing integration raise an alert that reaches a person, and was that tried?',
  shownBy: 'the alert rule, or the alert that a drill raised',
  drill: 'failures of the client',
});
