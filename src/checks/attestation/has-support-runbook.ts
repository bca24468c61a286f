import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'has-support-runbook',
  topic: 'Operations',
  title: 'A runbook says how to reach support, request id in hand',
  why: 'Support finds a call by its request id. At night, with an outage under way, nobody looks up how to ask.',
  fix: 'Write down how to reach support, which ids a report must name, and where the logs show them.',
  refs: ['https://doc.test.securbase.com/docs/guides/best-practices'],
  question: "Is it written down how to reach the provider's support, and that the request id belongs into each report?",
  shownBy: 'the runbook: how to reach support, what to name, and where to find the request id',
});
