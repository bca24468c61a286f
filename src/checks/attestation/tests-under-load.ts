import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'tests-under-load',
  topic: 'Operations',
  title: 'It was tested under the load that is expected',
  why: 'Limits, pools and queues show themselves only under load, and on the first good day.',
  fix: "Run the expected peak through the integration. Mind the provider's limits: a sandbox may admit more than production does.",
  refs: ['https://docs.killb.com/resources/rate-limits'],
  question: 'Was the integration tested under the load that is expected, within the limits of production?',
  shownBy: 'the report of the load test: rate, duration, failures, and the environment that it ran against',
});
