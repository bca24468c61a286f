import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'monitors-performance',
  topic: 'Operations',
  title: 'Performance is watched in production',
  why: 'An API that becomes slow takes your own service with it, long before it fails.',
  fix: 'Record how long calls take, and watch the slow ones (the 95th percentile) beside the usual ones.',
  refs: ['https://sre.google/sre-book/monitoring-distributed-systems/'],
  question: 'Is it watched, in production, how long calls to this API take?',
  shownBy: 'the dashboard that shows the times, slow calls among them',
});
