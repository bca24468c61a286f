import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'tracks-error-rates',
  topic: 'Operations',
  title: 'Error rates are tracked',
  why: 'A rate that climbs from one in a thousand to one in ten is seen on a graph, and in no single log line.',
  fix: 'Count calls and failures by error code, and show the rate where the team looks.',
  refs: ['https://sre.google/sre-book/monitoring-distributed-systems/'],
  question: 'Is the rate of failed calls to this API tracked, by error code?',
  shownBy: 'the dashboard that shows it',
  drill: 'failures of the client',
});
